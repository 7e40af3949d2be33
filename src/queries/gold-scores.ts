import { queryOptions } from '@tanstack/react-query';
import type { Dataset } from '@/core/dataset/dataset';
import { textsOf } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { findGoldPairs, type GoldPairs, type PlacedPairs } from '@/core/evaluation/judged-pairs';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';
import { buildFromTable, parseSource } from '@/queries/read-table';
import { reportMeasure } from '@/queries/report-measure';
import { ensureMatrix, withNewWorker } from '@/queries/run-matrix';
import { setGoldPairs } from '@/state/gold-pairs';

/**
 * Reads a file of judged pairs (CSV, TSV, JSON lines, with names over its columns or without). Rejects with a sentence for the person
 * where it is none.
 */
export async function readGoldPairs(file: File, dataset: Dataset): Promise<void> {
  const { signal } = new AbortController();
  const known = new Set(textsOf(dataset.texts).map((text) => text.trim()));
  for (const header of [{}, { header: false }]) {
    const head = await parseSource(file.name, { files: [file], ...header }, signal);
    const choice = { textColumn: head.guessedText ?? 0, labelColumn: null, coordinates: null };
    const table = await buildFromTable(head, choice, null, signal);
    const cells = [table.texts, ...table.columns.map((column) => column.cells)].map((column) =>
      textsOf(column),
    );
    const pairs = findGoldPairs(cells, known);
    if (pairs !== null) return setGoldPairs(file.name, pairs);
  }
  throw new Error(`${file.name} has no two columns of texts and a third with a score, or same and not.`);
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
    queryFn: ({ signal }) =>
      reportMeasure(async () => {
        await ensureMatrix(run);
        const request = { matrix: run.id, rows: placed.rows, scores: placed.scores, kind };
        return withNewWorker(() => compute.callFree('scorePairs', request, { signal }));
      }),
  });
}
