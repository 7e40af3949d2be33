import { driveWork, type LaneHandlers } from '@/compute/job';
import { RowShelf } from '@/core/dataset/row-shelf';

/** The dataset whose rows were asked for last; another takes its place. */
let held: { readonly dataset: string; readonly shelf: RowShelf } | null = null;

export const rowsJobs: LaneHandlers<'rows'> = {
  holdRows: async ({ dataset, texts, columns }, context) => {
    const shelf = new RowShelf(texts, columns);
    held = { dataset, shelf };
    const numeric: boolean[] = [];
    for (const column of columns) numeric.push((await driveWork(shelf.numbersOf(column), context)) !== null);
    return { numeric };
  },

  arrangeRows: async ({ dataset, conditions, sort }, context) => {
    if (held?.dataset !== dataset) return null;
    const rows = await driveWork(held.shelf.arrange(conditions, sort), context);
    context.transfer(rows.buffer);
    return rows;
  },

  searchRows: async ({ dataset, search }, context) => {
    if (held?.dataset !== dataset) return null;
    const rows = await driveWork(held.shelf.search(search), context);
    context.transfer(rows.buffer);
    return rows;
  },
};
