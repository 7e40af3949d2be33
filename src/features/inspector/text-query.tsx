import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { ProviderError } from '@/core/embedding/provider-error';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { describeProblem } from '@/core/embedding/run-problem';
import { hostOf } from '@/queries/catalog';
import { askForKey, hasKey } from '@/queries/key';
import { isSettled } from '@/queries/neighbours';
import { nearestToTextQuery } from '@/queries/query-vector';
import { pairHistogramQuery } from '@/queries/spread';
import { useActiveRun, useRuns } from '@/queries/use-workspace';
import { askedTextStore, askText } from '@/state/asked-text';
import { providerStore } from '@/state/provider-choice';
import classes from './inspector.module.css';
import { NeighbourItem } from './neighbour-item';
import lists from './neighbours.module.css';

const rowsShown = 10;

/** A text of one's own and the rows nearest to it, under the model of a chosen run. Nothing is sent before Enter. */
export function TextQuery({ dataset }: { dataset: Dataset }) {
  const runs = useRuns().filter((run) => isSettled(run) && run.spec.provider !== 'imported');
  const active = useActiveRun();
  const [chosenId, choose] = useState<string | null>(null);
  const asked = useStore(askedTextStore, (store) => store.asked);
  useStore(providerStore, ({ keyRevision }) => keyRevision);
  const fieldId = useId();
  const run =
    runs.find(({ id }) => id === chosenId) ?? runs.find(({ id }) => id === active?.id) ?? runs[0] ?? null;
  if (run === null) return null;
  const { provider } = run.spec;
  const host = provider === 'imported' ? null : hostOf(provider, run.spec.baseUrl);
  const needsKey = run.spec.provider === 'featherless' && !hasKey(run.spec.baseUrl);
  return (
    <div className={classes.query}>
      <TextInput
        id={fieldId}
        label="Nearest to a text you type"
        placeholder="Type and press Enter"
        maxLength={4000}
        autoComplete="off"
        aria-describedby={`${fieldId}-where`}
        onChange={(event) => {
          if (event.currentTarget.value === '') askText(null);
        }}
        onKeyDown={(event) => {
          const text = event.currentTarget.value;
          if (event.key === 'Enter' && !event.nativeEvent.isComposing && !needsKey && text.trim() !== '')
            askText({ datasetId: dataset.id, runId: run.id, text });
        }}
      />
      <NativeSelect
        aria-label="Run of the typed text"
        data={runs.map(({ id, spec }) => ({ value: id, label: runName(spec) }))}
        value={run.id}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <p className={classes.how} id={`${fieldId}-where`}>
        {needsKey && `This run needs the key of ${host} before a text can be embedded by its model.`}
        {!needsKey && host !== null && `Enter sends it to ${host} and nowhere else.`}
        {!needsKey && host === null && 'It stays in this tab.'}
      </p>
      {needsKey && (
        <Button variant="default" size="xs" onClick={() => askForKey(run.spec)}>
          Enter key
        </Button>
      )}
      {asked?.datasetId === dataset.id && asked.runId === run.id && (
        <NearestRows dataset={dataset} run={run} text={asked.text} />
      )}
    </div>
  );
}

function NearestRows({ dataset, run, text }: { dataset: Dataset; run: RunRecord; text: string }) {
  const { data, error, isFetching, refetch } = useQuery({
    ...nearestToTextQuery(dataset, run, text, rowsShown),
    refetchOnMount: false,
    retryOnMount: false,
  });
  const histogram = useQuery(pairHistogramQuery(run)).data;
  if (error !== null && !isFetching) {
    const problem = error instanceof ProviderError ? describeProblem(error) : null;
    return (
      <div role="alert" className={classes.how}>
        <p>{problem === null ? error.message : `${problem.message} ${problem.advice}`}</p>
        {problem !== null && problem.detail !== null && <p>{problem.detail}</p>}
        <Button variant="default" size="xs" onClick={() => void refetch()}>
          Ask again
        </Button>
      </div>
    );
  }
  if (data === undefined)
    return (
      <p className={classes.how} aria-live="polite">
        Embedding “{text}”.
      </p>
    );
  return (
    <ol className={lists.list} aria-label="Nearest to the typed text" data-text={text}>
      {data.map((neighbour) => (
        <NeighbourItem
          key={neighbour.row}
          dataset={dataset}
          slot={run.slot}
          neighbour={neighbour}
          histogram={histogram}
          scale="both"
          isAlone={false}
          canBeSecond={false}
        />
      ))}
    </ol>
  );
}
