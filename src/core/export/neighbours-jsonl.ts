import { formatFloat32 } from './float32-text';

/** The neighbour lists of a run. */
export interface NeighboursRun {
  readonly id: string;
  /** Dataset rows with a vector, one a list. */
  readonly members: Uint32Array;
  /** members.length × listLength dataset rows, nearest first; −1 ends a shorter list. */
  readonly ids: Int32Array;
  /** members.length × listLength cosines. */
  readonly similarities: Float32Array;
  readonly listLength: number;
}

const linesPerPart = 1000;

/**
 * Neighbours (JSONL): one line a row and run, run by run, in parts for a Blob; the first k of each list. Rows without a
 * vector have no line.
 * @throws RangeError when lists and members do not fit, or a similarity is not finite
 */
export function* neighboursJsonl(runs: readonly NeighboursRun[], k: number): Generator<string, void, void> {
  for (const run of runs) {
    const { members, ids, similarities, listLength } = run;
    if (ids.length !== members.length * listLength || similarities.length !== ids.length) {
      throw new RangeError(`The neighbours of ${run.id} do not fit ${members.length} rows of ${listLength}`);
    }
    const runName = JSON.stringify(run.id);
    let part = '';
    for (let i = 0; i < members.length; i++) {
      const neighbours: string[] = [];
      const first = i * listLength;
      for (let j = first; j < first + Math.min(k, listLength) && ids[j]! >= 0; j++) {
        const similarity = similarities[j]!;
        if (!Number.isFinite(similarity)) {
          throw new RangeError(`A similarity of row ${members[i]} in ${run.id} is not a finite number`);
        }
        neighbours.push(`{"row":${ids[j]},"similarity":${formatFloat32(similarity)}}`);
      }
      part += `{"row":${members[i]},"run":${runName},"neighbours":[${neighbours.join(',')}]}\n`;
      if ((i + 1) % linesPerPart === 0) {
        yield part;
        part = '';
      }
    }
    if (part !== '') yield part;
  }
}
