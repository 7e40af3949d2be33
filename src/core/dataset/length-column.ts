import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import { packTexts, type TextColumn } from '@/core/dataset/text-column';

const name = 'Length';
const known = new WeakMap<TextColumn, DatasetColumn>();

/** How long each text is, in UTF-16 units; NaN never. The caller owns the array. */
export function lengthsOf({ ends }: TextColumn): Float64Array<ArrayBuffer> {
  const lengths = new Float64Array(ends.length);
  let start = 0;
  for (let row = 0; row < ends.length; row++) {
    lengths[row] = ends[row]! - start;
    start = ends[row]!;
  }
  return lengths;
}

/** The length of the texts as a column like any other; null where the dataset has one of that name. */
export function lengthColumn({ texts, columns }: Dataset): DatasetColumn | null {
  if (columns.some((column) => column.name === name)) return null;
  const made = known.get(texts) ?? makeColumn(texts);
  known.set(texts, made);
  return made;
}

/** Its cells are written once somebody asks for them: it is offered more often than it is taken. */
function makeColumn(texts: TextColumn): DatasetColumn {
  let cells: TextColumn | null = null;
  return {
    name,
    about: 'Characters of each text.',
    get cells() {
      cells ??= packTexts(Array.from(lengthsOf(texts), String));
      return cells;
    },
  };
}
