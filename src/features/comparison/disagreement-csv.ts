import type { ClusterCorrespondence } from '@/core/clustering/cluster-correspondence';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { csvLines, guardCell } from '@/core/export/csv-cells';
import type { ComparedLists } from '@/queries/comparison';
import type { GroupShare } from './average-shares';
import { nearestOf } from './nearest-of';
import type { ComparedRow } from './order-by-overlap';

interface Listed {
  readonly dataset: Pick<Dataset, 'texts'>;
  readonly a: Pick<RunRecord, 'id'>;
  readonly b: Pick<RunRecord, 'id'>;
  /** In the order in which they are listed. */
  readonly rows: readonly ComparedRow[];
  readonly k: number;
  readonly lists: { readonly a: Neighbourhoods | undefined; readonly b: Neighbourhoods | undefined };
}

type Neighbourhoods = Pick<ComparedLists, 'ids' | 'k'>;

const rowsAPart = 500;
/** Lets the page draw between two parts of a long file. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** Listed rows as CSV: what they share, and the rows near them only in one run, in both, only in the other, nearest first. Written in parts. */
export async function disagreementCsv({ dataset, a, b, rows, k, lists }: Listed): Promise<string> {
  const head = ['row', 'text', 'shared', 'of', `only in ${a.id}`, 'in both', `only in ${b.id}`].map(
    guardCell,
  );
  const lineOf = ({ row, position, shared }: ComparedRow) => {
    const nearA = nearestOf(lists.a, position, k) ?? [];
    const nearB = nearestOf(lists.b, position, k) ?? [];
    const [inA, inB] = [new Set(nearA), new Set(nearB)];
    return [
      String(row),
      guardCell(textAt(dataset.texts, row)),
      String(shared),
      String(k),
      nearA.filter((other) => !inB.has(other)).join(' '),
      nearA.filter((other) => inB.has(other)).join(' '),
      nearB.filter((other) => !inA.has(other)).join(' '),
    ];
  };
  const parts = [csvLines([head])];
  for (let from = 0; from < rows.length; from += rowsAPart) {
    parts.push(csvLines(rows.slice(from, from + rowsAPart).map(lineOf)));
    await pause();
  }
  return parts.join('');
}

/** Averages as CSV: one line a group. */
export function averagesCsv(
  title: string,
  emptyName: string,
  shares: readonly GroupShare[],
  k: number,
): string {
  const lines = shares.map(({ name, rows, meanShared }) => [
    guardCell(name === '' ? emptyName : name),
    String(rows.length),
    String(meanShared),
    String(k),
  ]);
  return csvLines([[guardCell(title), 'rows', 'mean_shared', 'of'], ...lines]);
}

interface DescribedGroup {
  readonly rows: readonly number[];
  readonly title: string;
  readonly reason: string;
}

/** Groups that move together as CSV: one line a row. */
export function movesCsv(groups: readonly DescribedGroup[], textOf: (row: number) => string): string {
  const lines = groups.flatMap(({ rows, title, reason }, i) =>
    rows.map((row) => [String(i + 1), String(row), textOf(row), title, reason].map(guardCell)),
  );
  return csvLines([['group', 'row', 'text', 'title', 'reason'], ...lines]);
}

interface Side {
  readonly run: Pick<RunRecord, 'id'>;
  readonly names: readonly string[];
}

/** Clusters of two runs as CSV: one line a pair that shares rows; an empty cell is no cluster in that run. */
export function correspondenceCsv(
  { a, b }: { a: Side; b: Side },
  {
    counts,
    columns,
    onlyInA,
    onlyInB,
  }: Pick<ClusterCorrespondence, 'counts' | 'columns' | 'onlyInA' | 'onlyInB'>,
): string {
  const lines = a.names.flatMap((name, row) => [
    ...b.names.flatMap((other, column) => {
      const count = counts[row * columns + column]!;
      return count === 0 ? [] : [[guardCell(name), guardCell(other), String(count)]];
    }),
    ...(onlyInA[row]! > 0 ? [[guardCell(name), '', String(onlyInA[row])]] : []),
  ]);
  const rest = b.names.flatMap((name, column) =>
    onlyInB[column]! > 0 ? [['', guardCell(name), String(onlyInB[column])]] : [],
  );
  return csvLines([[guardCell(a.run.id), guardCell(b.run.id), 'rows'], ...lines, ...rest]);
}
