import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { countOf } from '@/core/count-of';
import { columnNamed, type Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { Comparison, PairAgreement } from '@/queries/comparison';
import { movingGroupsQuery } from '@/queries/moving-groups';
import { selectRows } from '@/state/selection';
import { Message } from '@/ui/message';
import { CsvButton } from './csv-button';
import { describeMovingGroup } from './describe-moving-group';
import { movesCsv } from './disagreement-csv';
import classes from './moving-groups-list.module.css';

interface Props {
  dataset: Dataset;
  comparison: Comparison;
  a: RunRecord;
  b: RunRecord;
  overlap: PairAgreement;
  fileName: string;
}

/** Groups of rows whose neighbourhoods change in the same way, each with the reason; a click selects the rows. */
export function MovingGroups({ dataset, comparison, a, b, overlap, fileName }: Props) {
  const { data, error, isFetching, refetch } = useQuery(
    movingGroupsQuery(dataset, comparison, a, b, overlap.k),
  );
  if (error !== null && !isFetching) {
    return (
      <Message title="Rows that move together could not be looked for." isAlert>
        {error.message} The lists are kept.
        <Button variant="default" onClick={() => void refetch()}>
          Try again
        </Button>
      </Message>
    );
  }
  if (data === undefined) {
    return (
      <Message title="Rows that move together">
        <span className={classes.busy}>
          <Loader size={12} aria-hidden="true" /> Looking for rows whose neighbours change in the same way.
        </span>
      </Message>
    );
  }
  if (data.length === 0) {
    return (
      <Message title="No rows move together.">
        Where neighbours differ between {runName(a.spec)} and {runName(b.spec)}, they differ row by row: no
        group of five or more changes in the same way more than chance would have it.
      </Message>
    );
  }
  const column = columnNamed(dataset, dataset.labelColumn);
  const shares = new Map(Array.from(comparison.rows, (row, i) => [row, overlap.perRow[i]!]));
  const names = {
    a: runName(a.spec),
    b: runName(b.spec),
    labelOf: column === undefined ? null : (row: number) => textAt(column.cells, row),
    textOf: (row: number) => textAt(dataset.texts, row),
  };
  const described = data.map((group) => {
    const meanShared =
      (overlap.k * group.rows.reduce((sum, row) => sum + shares.get(row)!, 0)) / group.rows.length;
    return { rows: group.rows, ...describeMovingGroup({ ...group, meanShared, k: overlap.k }, names) };
  });
  return (
    <>
      <p className={classes.head}>
        {countOf(described.length, 'group')} of rows whose neighbours change in the same way.
        <CsvButton name="Moves (CSV)" fileName={fileName} write={() => movesCsv(described, names.textOf)} />
      </p>
      <ul className={classes.list} aria-label="Rows that move together">
        {described.map(({ rows, title, reason }) => (
          <li key={rows[0]} className={classes.item}>
            <div className={classes.words}>
              <p className={classes.title} dir="auto">
                {title}
              </p>
              <p className={classes.reason} dir="auto">
                {reason}
              </p>
            </div>
            <Button
              variant="default"
              size="xs"
              onClick={() => selectRows(rows, 'replace', 'Select rows that move together')}
            >
              Select {countOf(rows.length, 'row')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
