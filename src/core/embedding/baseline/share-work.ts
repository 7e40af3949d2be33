import type { Work } from '@/core/work';

/** Whole of a progress that is put together from shares. */
const shareTotal = 1000;

/** Runs a piece of a larger work; its progress fills the share from `from` to `to` of `shareTotal`. */
export function* shareWork<Result>(work: Work<Result>, from: number, to: number): Work<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    const { done, total } = step.value;
    yield { done: from + (to - from) * (total === 0 ? 1 : done / total), total: shareTotal };
  }
}
