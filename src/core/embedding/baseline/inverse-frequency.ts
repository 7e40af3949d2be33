/**
 * Weight of a term that `frequency` of `documents` rows have: ln(1 + (N − df + ½)/(df + ½)), the smoothed form of Robertson &
 * Spärck Jones 1976. Nearly nothing for a term of every row, never zero or less, so that no row loses all its weight.
 */
export function inverseFrequency(documents: number, frequency: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}
