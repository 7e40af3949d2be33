import type { Estimate } from '@/core/evaluation/bootstrap';

const step = 0.1;

/** Ends of an axis that holds all scores and their intervals, in whole tenths; null without a score. */
export function axisOf(estimates: readonly (Estimate | undefined)[]): [number, number] | null {
  const ends = estimates.flatMap((estimate) =>
    estimate === undefined || estimate.value === null
      ? []
      : [estimate.value, estimate.low ?? estimate.value, estimate.high ?? estimate.value],
  );
  if (ends.length === 0) return null;
  const high = Math.ceil(Math.max(...ends) / step - 1e-9);
  const low = Math.min(high - 1, Math.floor(Math.min(...ends) / step + 1e-9));
  return [low / 10, high / 10];
}
