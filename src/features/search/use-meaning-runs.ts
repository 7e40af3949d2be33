import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { hostOf } from '@/queries/catalog';
import { hasKey } from '@/queries/key';
import { isSettled } from '@/queries/neighbours';
import { useRuns } from '@/queries/use-workspace';
import { providerStore } from '@/state/provider-choice';
import { askByMeaning, searchStore } from '@/state/search';
import { commit, viewStore } from '@/state/view';

/** A run that can be asked by meaning. */
export interface MeaningRun {
  readonly run: RunRecord;
  readonly isChosen: boolean;
  /** Host that the text would be sent to; null where it stays in the tab. */
  readonly host: string | null;
  readonly needsKey: boolean;
}

/** The runs a typed text can be compared with: all that have vectors and a model at hand, unless some were left out. */
export function useMeaningRuns(): {
  readonly runs: readonly MeaningRun[];
  toggle(id: string): void;
  /** Asks those that are chosen and need no key; nothing where there is none. */
  ask(): void;
} {
  const all = useRuns();
  const leftOut = useStore(viewStore, ({ view }) => view.searchWithout);
  const keyRevision = useStore(providerStore, (provider) => provider.keyRevision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a key that was given changes which runs need one
  const runs = useMemo(
    () =>
      all.filter(isSettled).flatMap((run): MeaningRun[] => {
        const { provider, baseUrl } = run.spec;
        // A file of vectors comes without the model that made them.
        if (provider === 'imported') return [];
        return [
          {
            run,
            isChosen: !leftOut.includes(run.id),
            host: hostOf(provider, baseUrl),
            needsKey: provider === 'featherless' && !hasKey(baseUrl),
          },
        ];
      }),
    [all, leftOut, keyRevision],
  );
  return {
    runs,
    toggle: (id) =>
      commit({
        searchWithout: leftOut.includes(id) ? leftOut.filter((other) => other !== id) : [...leftOut, id],
      }),
    ask: () => {
      const { isPattern } = searchStore.getState();
      if (isPattern) return;
      askByMeaning(runs.filter(({ isChosen, needsKey }) => isChosen && !needsKey).map(({ run }) => run.id));
    },
  };
}
