import { queryOptions } from '@tanstack/react-query';
import type { Dataset } from '@/core/dataset/dataset';
import { ProviderError } from '@/core/embedding/provider-error';
import type { RunRecord } from '@/core/embedding/run';
import { sentText } from '@/core/embedding/sent-texts';
import type { EmbeddingSession } from '@/providers/provider';
import { compute } from '@/queries/compute-client';
import type { Neighbour } from '@/queries/neighbours';
import { providerOf } from '@/queries/providers';
import { computedForever, queryClient } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';
import { sendAlone } from '@/queries/send-limits';

const keptForMs = 60 * 60_000;

/** Baselines learnt again from their dataset, by run; those of one dataset are kept at a time. */
const learnt = new Map<string, { readonly datasetId: string; readonly session: Promise<EmbeddingSession> }>();

/**
 * Vector of a typed text under a run's model and options, with its query prefix, as the provider sent it; asked for once and kept in memory. It may
 * leave the page's origin, so the caller sees that a person asked for it. Fails with ProviderError.
 */
export function queryVectorQuery(dataset: Dataset, run: RunRecord, text: string) {
  return queryOptions({
    ...computedForever,
    gcTime: keptForMs,
    retry: false,
    queryKey: ['query-vector', run.id, text],
    queryFn: ({ signal }) => embedText(dataset, run, text, signal),
  });
}

/** The rows nearest to a typed text in a run, nearest first. Fails with ProviderError or ComputeError. */
export function nearestToTextQuery(dataset: Dataset, run: RunRecord, text: string, count: number) {
  return queryOptions({
    ...computedForever,
    retry: false,
    queryKey: ['nearest-to-text', run.id, run.doneCount, text, count],
    queryFn: async ({ signal }): Promise<Neighbour[]> => {
      const vector = await queryClient.fetchQuery(queryVectorQuery(dataset, run, text));
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      const k = Math.min(count, members.length);
      const request = { matrix: run.id, members, vector, k };
      const { ids, similarities } = await compute.call('nearestToVector', request, { signal });
      return Array.from(ids, (row, i) => ({ row, similarity: similarities[i]! }));
    },
  });
}

async function embedText(
  dataset: Dataset,
  run: RunRecord,
  text: string,
  signal: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  const isBaseline = run.spec.provider === 'baseline';
  const session = await (isBaseline ? learnBaseline(dataset, run) : openSession(dataset, run, signal));
  try {
    const { texts, baseUrl } = run.spec;
    const sent = sentText(text, texts.queryPrefix, texts.maxTokens);
    const embed = () => session.embedBatch({ rows: [0], texts: [sent] }, signal);
    const reply = await (isBaseline ? embed() : sendAlone(baseUrl, run.cost, signal, embed));
    if (reply.positions.length === 0)
      throw new ProviderError('bad-reply', reply.failures[0]?.reason ?? 'No vector came for this text.');
    if (run.width !== null && reply.width !== run.width) {
      throw new ProviderError(
        'bad-reply',
        `The vector of this text has length ${reply.width}, those of the run have length ${run.width}.`,
      );
    }
    return reply.values;
  } catch (error) {
    // A worker that was lost took what it had learnt with it: the next text learns again.
    if (!(error instanceof ProviderError)) learnt.delete(run.id);
    throw error;
  } finally {
    if (!isBaseline) session.close();
  }
}

function openSession(dataset: Dataset, { spec }: RunRecord, signal: AbortSignal): Promise<EmbeddingSession> {
  const { model, dimensions } = spec;
  return providerOf(spec).openSession({
    model,
    dimensions,
    corpus: dataset.texts,
    signal,
  });
}

function learnBaseline(dataset: Dataset, run: RunRecord): Promise<EmbeddingSession> {
  for (const [id, { datasetId, session }] of learnt) {
    if (datasetId === dataset.id) continue;
    learnt.delete(id);
    void session.then((opened) => opened.close()).catch(() => {});
  }
  const known = learnt.get(run.id);
  if (known !== undefined) return known.session;
  // What is learnt serves the texts to come, so it goes on when the one that asked first is no longer wanted.
  const session = openSession(dataset, run, new AbortController().signal);
  learnt.set(run.id, { datasetId: dataset.id, session });
  session.catch(() => learnt.delete(run.id));
  return session;
}
