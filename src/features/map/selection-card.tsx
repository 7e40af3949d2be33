import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { chosenColourColumn, groupsOf } from '@/core/dataset/colour-column';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import { groupMix } from '@/core/dataset/group-mix';
import { subsetOf } from '@/queries/row-subset';
import { selectionWordsQuery } from '@/queries/selection-words';
import classes from './selection-card.module.css';

const groupsShown = 6;

interface Props {
  dataset: Dataset;
  selection: readonly number[];
  /** The column whose values are counted; the label where it is null. */
  column: DatasetColumn | null;
}

/** What tells the selected rows from all others: their words, and which values are more frequent among them. */
export function SelectionCard({ dataset, selection, column: chosen }: Props) {
  const subset = useMemo(() => subsetOf(selection), [selection]);
  const words = useQuery(selectionWordsQuery(dataset, subset));
  const column = chosen ?? chosenColourColumn(dataset, null);
  return (
    <section className={classes.card} aria-label="What’s in the selection">
      <h3 className={classes.heading}>Words that tell it from the rest</h3>
      {words.error !== null && <p className={classes.note}>They could not be found: {words.error.message}</p>}
      {words.data === undefined && words.error === null && <p className={classes.note}>Counting words.</p>}
      {words.data?.length === 0 && (
        <p className={classes.note}>
          None: no word is found in two of these rows and clearly less often elsewhere.
        </p>
      )}
      {words.data !== undefined && words.data.length > 0 && (
        <ul className={classes.words} aria-label="Words">
          {words.data.map(({ term, rows, rowsInAll }) => (
            <li key={term} title={`In ${rows} of these rows, in ${rowsInAll} of all`}>
              <span dir="auto">{term}</span>{' '}
              <span className={classes.count}>
                {rows}/{rowsInAll}
              </span>
            </li>
          ))}
        </ul>
      )}
      {column !== null && <Mix dataset={dataset} selection={selection} column={column} />}
    </section>
  );
}

function Mix({ dataset, selection, column }: Required<Props> & { column: DatasetColumn }) {
  const groups = groupsOf(column);
  const mix = useMemo(() => groupMix(groups, selection), [groups, selection]);
  const others = mix.slice(groupsShown);
  const percent = (count: number, all: number) => `${((100 * count) / all).toFixed(1)} %`;
  return (
    <>
      <h3 className={classes.heading}>
        {column.name}: here and in all {dataset.rowCount.toLocaleString('en')} rows
      </h3>
      <table className={classes.mix}>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">Value</span>
            </th>
            <th scope="col">here</th>
            <th scope="col">share</th>
            <th scope="col">in all</th>
            <th scope="col">times</th>
          </tr>
        </thead>
        <tbody>
          {mix.slice(0, groupsShown).map(({ group, count, countInAll, lift }) => (
            <tr key={group}>
              <th scope="row" dir="auto">
                {group < 0 ? 'no value' : groups.names[group]}
              </th>
              <td>{count.toLocaleString('en')}</td>
              <td>{percent(count, selection.length)}</td>
              <td>{percent(countInAll, dataset.rowCount)}</td>
              <td>{lift.toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {others.length > 0 && (
        <p className={classes.note}>
          {others.length} more values with{' '}
          {others.reduce((sum, { count }) => sum + count, 0).toLocaleString('en')} rows.
        </p>
      )}
    </>
  );
}
