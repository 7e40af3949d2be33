/** A stretch of rows of one group along an edge, in pixels. */
interface Bar {
  readonly group: number;
  readonly start: number;
  readonly size: number;
}

/** Length from which on a seam tells neighbours of one colour apart. */
const seamFromPx = 4;

/**
 * Bars as one path a colour, so that thousands of them are few elements. Pixels along the edge count from `from`; the bars are
 * `widthPx` thick and at least one pixel long.
 */
export function barPaths(
  bars: readonly Bar[],
  edge: { readonly from: number; readonly widthPx: number; readonly isAcross: boolean },
  colourOf: (group: number) => string,
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { group, start, size } of bars) {
    const colour = colourOf(group);
    const at = (start - edge.from).toFixed(2);
    const length = Math.max(1, size - (size > seamFromPx ? 1 : 0)).toFixed(2);
    const bar = edge.isAcross
      ? `M${at} 0h${length}v${edge.widthPx}h-${length}z`
      : `M0 ${at}h${edge.widthPx}v${length}h-${edge.widthPx}z`;
    paths.set(colour, (paths.get(colour) ?? '') + bar);
  }
  return paths;
}
