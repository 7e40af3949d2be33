import { countOf } from '@/core/count-of';

/** What stands beside the heading of the list: how many rows share little. Little is 3 of 10, or the same share of k. */
export function describeDisagreement({ k, perRow }: { k: number; perRow: ArrayLike<number> }): string {
  const few = Math.floor(0.3 * k);
  const count = Array.from(perRow).filter((share) => Math.round(share * k) <= few).length;
  return `${countOf(count, 'row')} ${count === 1 ? 'shares' : 'share'} ${few === 0 ? 'none' : `${few} or fewer`}`;
}
