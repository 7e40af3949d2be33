import { createStore } from 'zustand/vanilla';
import type { GoldPairs } from '@/core/evaluation/judged-pairs';

/** The judged pairs that runs are scored on, and the file they came from; null until one is given. Kept until the page is closed. */
export const goldPairsStore = createStore<{ file: string | null; pairs: GoldPairs | null; version: number }>(
  () => ({
    file: null,
    pairs: null,
    version: 0,
  }),
);

export function setGoldPairs(file: string, pairs: GoldPairs): void {
  goldPairsStore.setState(({ version }) => ({ file, pairs, version: version + 1 }));
}
