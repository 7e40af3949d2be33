interface LegendWidths {
  /** Width of each named entry, pixels. */
  readonly namedPx: readonly number[];
  /** Width of the entry for all that are not named, at its longest. */
  readonly restPx: number;
  /** Width of entries that always stand at the end. */
  readonly lastPx: readonly number[];
  readonly gapPx: number;
  /** Width of a line. */
  readonly linePx: number;
}

/**
 * How many of the named entries, from the first, fit into so many lines together with what has to stand after them: the
 * entry for the rest where `hasRest` or where a named one is left out, and the last ones. At least one.
 */
export function fitLegend(widths: LegendWidths, hasRest: boolean, lines: number): number {
  const { namedPx, restPx, lastPx } = widths;
  for (let count = namedPx.length; count > 1; count--) {
    const needsRest = hasRest || count < namedPx.length;
    const entries = [...namedPx.slice(0, count), ...(needsRest ? [restPx] : []), ...lastPx];
    if (countLines(entries, widths) <= lines) return count;
  }
  return Math.min(1, namedPx.length);
}

function countLines(entries: readonly number[], { gapPx, linePx }: LegendWidths): number {
  let lines = 1;
  let used = 0;
  for (const width of entries) {
    const wanted = used === 0 ? width : used + gapPx + width;
    if (wanted > linePx && used > 0) lines++;
    used = wanted > linePx ? width : wanted;
  }
  return lines;
}
