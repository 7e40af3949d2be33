import { useQueries } from '@tanstack/react-query';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { sentTextsQuery } from '@/queries/matrix-source';

interface Props {
  dataset: Dataset;
  row: number;
  runs: readonly RunRecord[];
}

/** How much of a row each run sent, where it was cut. */
export function SentLengths({ dataset, row, runs }: Props) {
  const cutting = runs.filter(({ spec }) => spec.texts.maxTokens !== null);
  const sent = useQueries({ queries: cutting.map(({ spec }) => sentTextsQuery(dataset.id, spec.texts)) });
  const { length } = textAt(dataset.texts, row);
  return cutting.map((run, i) => {
    const kept = sent[i]?.data?.lengths[row] ?? length;
    if (kept === 0 || kept >= length) return null;
    return (
      <div key={run.id}>
        <dt>Cut</dt>
        <dd>
          The first {kept.toLocaleString('en')} of {length.toLocaleString('en')} characters were sent for{' '}
          {runName(run.spec)}.
        </dd>
      </div>
    );
  });
}
