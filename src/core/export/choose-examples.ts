import type { ReportExample } from './report-data';

const mostSelected = 12;
const mostDiffering = 6;

/** Two runs and the share of neighbours that they have in common, a compared row. */
interface Differing {
  readonly a: string;
  readonly b: string;
  readonly k: number;
  readonly rows: Uint32Array;
  readonly perRow: Float32Array;
}

/**
 * The rows that a report points out: the pinned ones, the first of those selected, and those about which two runs differ most,
 * fewest neighbours in common first, equal ones by row. A row comes once, for its first reason.
 */
export function chooseExamples(request: {
  readonly pinned: readonly number[];
  readonly selection: readonly number[];
  readonly differing: Differing | null;
}): ReportExample[] {
  const { pinned, selection, differing } = request;
  const shown = selection.slice(0, mostSelected);
  const few =
    shown.length < selection.length ? `, ${shown.length} of ${selection.length.toLocaleString('en')}` : '';
  const all: ReportExample[] = [
    ...pinned.map((row) => ({ row, why: 'Pinned by the author' })),
    ...shown.map((row) => ({ row, why: `Selected by the author${few}` })),
    ...(differing === null ? [] : listDiffering(differing)),
  ];
  const seen = new Set<number>();
  return all.filter(({ row }) => !seen.has(row) && seen.add(row));
}

function listDiffering({ a, b, k, rows, perRow }: Differing): ReportExample[] {
  if (k === 0) return [];
  return Array.from(rows, (row, i) => ({ row, shared: Math.round(perRow[i]! * k) }))
    .filter(({ shared }) => shared < k)
    .sort((one, other) => one.shared - other.shared || one.row - other.row)
    .slice(0, mostDiffering)
    .map(({ row, shared }) => ({ row, why: `${a} and ${b} share ${shared} of its ${k} nearest` }));
}
