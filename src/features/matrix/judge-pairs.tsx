import { Button, Kbd, Loader } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { type ProposedPair, proposePair } from '@/core/evaluation/propose-pair';
import { judgeCandidatesQuery } from '@/queries/cutoff';
import { cosinesOfPair } from '@/queries/tiles';
import { useActiveRun } from '@/queries/use-workspace';
import { commit, viewStore } from '@/state/view';
import classes from './cutoff-finder.module.css';

const noJudgements: readonly [number, number, boolean][] = [];

/** Proposes pairs to a person, those first whose judgement says most; two keys are enough. */
export function JudgePairs({ dataset }: { dataset: Dataset }) {
  const run = useActiveRun();
  return run === null ? null : <JudgeByRun key={run.id} dataset={dataset} run={run} />;
}

function JudgeByRun({ dataset, run }: { dataset: Dataset; run: RunRecord }) {
  const candidates = useQuery(judgeCandidatesQuery(run));
  const judgements = useStore(viewStore, ({ view }) => view.judgements[dataset.id]) ?? noJudgements;
  const proposed = useMemo(
    () => new Map(candidates.data?.map((pair) => [`${pair.a} ${pair.b}`, pair.cosine])),
    [candidates.data],
  );
  // Pairs judged for another run, or before rows arrived, are no candidates here: their cosines are asked for.
  const missing = useMemo(
    () => judgements.filter(([a, b]) => !proposed.has(`${a} ${b}`)),
    [judgements, proposed],
  );
  const asked = useQuery({
    queryKey: ['judged-cosines', run.id, run.doneCount, missing],
    networkMode: 'always',
    enabled: candidates.data !== undefined && missing.length > 0,
    queryFn: () => Promise.all(missing.map(async ([a, b]) => (await cosinesOfPair([run], a, b))[0] ?? null)),
  });
  const isReady = candidates.data !== undefined && (missing.length === 0 || asked.data !== undefined);
  const pair = useMemo((): ProposedPair | null => {
    if (!isReady) return null;
    const others = new Map(missing.map(([a, b], i) => [`${a} ${b}`, asked.data?.[i] ?? null]));
    const judged = judgements.flatMap(([a, b, isSame]) => {
      const cosine = proposed.get(`${a} ${b}`) ?? others.get(`${a} ${b}`) ?? null;
      return cosine === null ? [] : [{ a, b, isSame, cosine }];
    });
    return proposePair(candidates.data ?? [], judged);
  }, [isReady, candidates.data, asked.data, missing, proposed, judgements]);
  const judge = (isSame: boolean) => {
    if (pair === null) return;
    const all = viewStore.getState().view.judgements;
    const next = [...(all[dataset.id] ?? []), [pair.a, pair.b, isSame] as [number, number, boolean]];
    commit({ judgements: { ...all, [dataset.id]: next } }, 'Judge a pair');
  };
  const takeBack = () => {
    const all = viewStore.getState().view.judgements;
    commit(
      { judgements: { ...all, [dataset.id]: (all[dataset.id] ?? []).slice(0, -1) } },
      'Take back a judgement',
    );
  };
  // Also while one of the dialog's radio buttons has the focus: nothing is typed here.
  useHotkeys(
    [
      ['S', () => judge(true)],
      ['D', () => judge(false)],
    ],
    [],
  );
  const sameCount = judgements.filter(([, , isSame]) => isSame).length;
  return (
    <div className={classes.judge}>
      {pair === null ? (
        <p className={classes.words}>
          {(candidates.error ?? asked.error) !== null ? (
            `No pairs could be proposed. ${(candidates.error ?? asked.error)?.message}`
          ) : isReady ? (
            'All proposed pairs are judged.'
          ) : (
            <>
              <Loader size={12} aria-hidden="true" /> Looking for pairs that tell most
            </>
          )}
        </p>
      ) : (
        <div className={classes.pair}>
          {[pair.a, pair.b].map((row) => (
            <p key={row} dir="auto">
              {textAt(dataset.texts, row)}
            </p>
          ))}
        </div>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          disabled={pair === null}
          onClick={() => judge(true)}
          rightSection={<Kbd size="xs">S</Kbd>}
        >
          Same
        </Button>
        <Button
          variant="default"
          disabled={pair === null}
          onClick={() => judge(false)}
          rightSection={<Kbd size="xs">D</Kbd>}
        >
          Not the same
        </Button>
        <span className={classes.words}>
          {countOf(judgements.length, 'pair')} judged, {sameCount.toLocaleString('en')} the same. They are
          kept with this dataset’s view.
        </span>
        {judgements.length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={takeBack}>
            Take back the last
          </Button>
        )}
      </div>
    </div>
  );
}
