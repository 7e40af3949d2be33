import type { BenchmarkResult } from './benchmark';

/** Three significant digits, or all digits before the point. */
function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const isLarge = Math.abs(value) >= 1000;
  return value.toLocaleString('en', isLarge ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}

/** The results as a table of text, a line a result. */
export function formatResults(results: readonly BenchmarkResult[]): string {
  const head = ['', 'n', 'd', 'ours', '', 'peer or limit', '', 'ratio'];
  const lines = results.map(({ name, n, d, unit, value, peer, peerValue, ratio }) => [
    name,
    n === 0 ? '' : n.toLocaleString('en'),
    d === null ? '' : d.toLocaleString('en'),
    formatFigure(value),
    unit,
    peerValue === null ? '' : formatFigure(peerValue),
    peer ?? '',
    ratio === null ? '' : formatFigure(ratio),
  ]);
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]!.length)));
  const isNumber = [false, true, true, true, false, true, false, true];
  return all
    .map((cells) =>
      cells
        .map((cell, column) =>
          isNumber[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
