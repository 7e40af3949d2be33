import { queryOptions } from '@tanstack/react-query';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt, textsOf } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { findGoldPairs, type GoldPairs } from '@/core/evaluation/gold-pairs';
import { compute } from '@/queries/compute-client';
import { buildFromTable, parseSource } from '@/queries/datasets';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix, withNewWorker } from '@/queries/run-matrix';
import { setGoldPairs } from '@/state/gold-pairs';

/** Reads a file of judged pairs. Rejects with a sentence for the person where it is none. */
export async function readGoldPairs(file: File): Promise<void> {
  const { signal } = new AbortController();
  const head = await parseSource(file.name, { files: [file] }, signal);
  const textColumn = head.guessedText ?? 0;
  const table = await buildFromTable(
    head,
    { textColumn, labelColumn: null, coordinates: null },
    null,
    signal,
  );
  const pairs = findGoldPairs([textsOf(table.texts), ...table.columns.map(({ cells }) => textsOf(cells))]);
  if (pairs === null)
    throw new Error(`${file.name} has no two columns of texts and one with a score, or same and not.`);
  setGoldPairs(file.name, pairs);
}

/** Judged pairs whose texts are both in the dataset. */
export interface PlacedPairs {
  /** Dataset rows, two a pair. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly scores: Float64Array<ArrayBuffer>;
  /** Pairs with a text that is not in the dataset. */
  readonly absent: number;
}

/** Finds the pairs' texts among the rows; of equal texts the first. */
export function placePairs(dataset: Dataset, { first, second, scores }: GoldPairs): PlacedPairs {
  const rowOf = new Map<string, number>();
  for (let row = dataset.rowCount - 1; row >= 0; row--) rowOf.set(textAt(dataset.texts, row).trim(), row);
  const rows: number[] = [];
  const kept: number[] = [];
  first.forEach((text, pair) => {
    const a = rowOf.get(text.trim());
    const b = rowOf.get(second[pair]!.trim());
    if (a === undefined || b === undefined || a === b) return;
    rows.push(a, b);
    kept.push(scores[pair]!);
  });
  return {
    rows: Uint32Array.from(rows),
    scores: Float64Array.from(kept),
    absent: first.length - kept.length,
  };
}

/** The pairs whose texts are both among the compared rows. */
export function onlyCompared(
  { rows, scores, absent }: PlacedPairs,
  compared: Uint32Array,
  rowCount: number,
): PlacedPairs {
  const hasVector = new Uint8Array(rowCount);
  for (const row of compared) hasVector[row] = 1;
  const kept = Array.from(scores.keys()).filter(
    (i) => hasVector[rows[2 * i]!] === 1 && hasVector[rows[2 * i + 1]!] === 1,
  );
  return {
    rows: Uint32Array.from(kept.flatMap((i) => [rows[2 * i]!, rows[2 * i + 1]!])),
    scores: Float64Array.from(kept, (i) => scores[i]!),
    absent: absent + scores.length - kept.length,
  };
}

/** How well one run's cosines follow the judgements; `version` names the pairs. Null where a text has no vector. */
export function goldScoresQuery(
  run: RunRecord,
  placed: PlacedPairs,
  kind: GoldPairs['kind'],
  version: number,
) {
  return queryOptions({
    ...computedForever,
    queryKey: ['gold-scores', run.id, run.doneCount, version, placed.rows.length],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      const request = { matrix: run.id, rows: placed.rows, scores: placed.scores, kind };
      return withNewWorker(() => compute.callFree('scorePairs', request, { signal }));
    },
  });
}
