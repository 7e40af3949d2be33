import { useQueries } from '@tanstack/react-query';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { formatHundredths, formatPercentile } from '@/core/similarity/format-similarity';
import { type PairHistogram, percentileOf } from '@/core/similarity/pair-histogram';
import type { HeatCell } from '@/gl/heat-content';
import { ModelMark } from '@/gl/model-mark';
import { pairHistogramQuery } from '@/queries/spread';
import { type CellWords, describeBlock } from './describe-matrix';
import classes from './pair-card.module.css';
import { usePairCosines } from './use-pair-cosines';

interface Props {
  dataset: Dataset;
  /** The run drawn, then the others to compare with. The same array while they are the same runs. */
  runs: readonly RunRecord[];
  /** How many more runs there are than are listed. */
  unlistedRuns: number;
  /** Dataset rows in the order of the matrix, down and across; the same array where it is square. */
  lines: Uint32Array;
  columns: Uint32Array;
  cell: HeatCell;
  words: CellWords;
  /** Column named beside the row numbers. */
  column: DatasetColumn | null;
}

/** The card of a hovered pair: how alike, the two texts, and what the other runs say. */
export function PairCard({ dataset, runs, unlistedRuns, lines, columns, cell, words, column }: Props) {
  const a = lines[cell.row]!;
  const b = columns[cell.column]!;
  const isSame = a === b;
  const size = { rows: lines.length, columns: columns.length, isSquare: lines === columns };
  const block = describeBlock(cell, size, words);
  return (
    <div className={classes.card}>
      {isSame ? (
        <p className={classes.measure}>
          <strong>The same text</strong>
        </p>
      ) : (
        <PairMeasures
          runs={runs}
          a={a}
          b={b}
          drawn={cell.level === 0 && words.unit === '' ? cell.value : null}
        >
          <Text dataset={dataset} row={a} column={column} />
          <Text dataset={dataset} row={b} column={column} />
          {words.unit !== '' && cell.level === 0 && cell.value !== null && (
            <p className={classes.note}>
              cell: {formatHundredths(cell.value)} {words.unit}
            </p>
          )}
          {block !== null && <p className={classes.note}>{block}</p>}
        </PairMeasures>
      )}
      {isSame && (
        <>
          <Text dataset={dataset} row={a} column={column} />
          {block !== null && <p className={classes.note}>{block}</p>}
        </>
      )}
      {!isSame && unlistedRuns > 0 && (
        <p className={classes.note}>
          and {unlistedRuns} more {unlistedRuns === 1 ? 'run' : 'runs'}
        </p>
      )}
    </div>
  );
}

function Text({ dataset, row, column }: { dataset: Dataset; row: number; column: DatasetColumn | null }) {
  const value = column === null ? '' : textAt(column.cells, row);
  return (
    <div className={classes.row}>
      <p className={classes.text} dir="auto">
        {textAt(dataset.texts, row)}
      </p>
      <p className={classes.note}>
        row {row}
        {value !== '' && <span dir="auto"> · {value}</span>}
      </p>
    </div>
  );
}

interface MeasureProps {
  runs: readonly RunRecord[];
  a: number;
  b: number;
  /** Cosine as drawn, shown until the exact one is there; null where the cell is a block. */
  drawn: number | null;
  children: React.ReactNode;
}

function PairMeasures({ runs, a, b, drawn, children }: MeasureProps) {
  const { cosines, hasFailed } = usePairCosines(runs, a, b);
  const histograms = useQueries({ queries: runs.map((run) => pairHistogramQuery(run)) });
  const cosine = cosines?.[0] ?? drawn;
  return (
    <>
      <p className={classes.measure}>
        {cosine !== null ? (
          <data value={String(cosine)} className={classes.value}>
            {formatHundredths(cosine)}
          </data>
        ) : (
          <span className={classes.value}>…</span>
        )}{' '}
        <span className={classes.yardstick}>
          {hasFailed ? 'Its exact cosine could not be had.' : comparePair(cosine, histograms[0]?.data)}
        </span>
      </p>
      {children}
      {runs.length > 1 && (
        <ul className={classes.others}>
          {runs.slice(1).map((run, i) => (
            <OtherRun key={run.id} run={run} cosine={cosines?.[i + 1]} histogram={histograms[i + 1]?.data} />
          ))}
        </ul>
      )}
    </>
  );
}

interface OtherRunProps {
  run: RunRecord;
  /** Null where the run lacks one of the rows, undefined while it is on its way. */
  cosine: number | null | undefined;
  histogram: PairHistogram | undefined;
}

function OtherRun({ run, cosine, histogram }: OtherRunProps) {
  return (
    <li>
      <ModelMark slot={run.slot} />
      <span className={classes.name}>{runName(run.spec)}</span>
      {cosine === null ? (
        <span className={classes.absent}>not in this run</span>
      ) : (
        <>
          <span className={classes.number}>{cosine === undefined ? '…' : formatHundredths(cosine)}</span>
          <span className={classes.number}>
            {cosine === undefined || histogram === undefined
              ? '…'
              : formatPercentile(percentileOf(histogram, cosine))}
          </span>
        </>
      )}
    </li>
  );
}

function comparePair(cosine: number | null, histogram: PairHistogram | undefined): string {
  if (cosine === null || histogram === undefined) return '';
  const percentile = formatPercentile(percentileOf(histogram, cosine));
  return `closer than ${percentile} of ${histogram.sampledPairs === null ? 'pairs' : 'a sample'}`;
}
