/** Above this many rows the matrix is not offered as CSV (4 million cells); the neighbours are. */
export const similarityCsvRowLimit = 2000;

/**
 * One line of the similarity matrix as CSV: cosines with six decimals, empty where one of the two rows has no vector
 * (NaN), line feed at the end.
 */
export function similarityCsvLine(cosines: ArrayLike<number>): string {
  return `${Array.from(cosines, formatCosine).join(',')}\n`;
}

function formatCosine(cosine: number): string {
  if (!Number.isFinite(cosine)) return '';
  const text = cosine.toFixed(6);
  return text === '-0.000000' ? '0.000000' : text;
}
