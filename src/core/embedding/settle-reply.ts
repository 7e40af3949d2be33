import type { EmbeddingReply } from './read-embeddings';

/** What a reply means for the texts of its request, by their places in it. */
export interface SettledReply {
  /** False where its vectors are not as long as those of the run, so that none of them can be kept. */
  readonly fits: boolean;
  /** Texts the reply left out, to be asked for again. */
  readonly missing: readonly number[];
  /** Texts that will get no vector, and why, as a sentence. */
  readonly lost: readonly { readonly place: number; readonly reason: string }[];
}

/**
 * Sorts the texts of a request by what its reply holds for them.
 *
 * @param width length of the run's vectors, null before the first.
 * @param mayAskAgain whether texts that were left out may be asked for once more.
 */
export function settleReply(
  reply: EmbeddingReply,
  textCount: number,
  width: number | null,
  mayAskAgain: boolean,
): SettledReply {
  const hasVectors = reply.positions.length > 0;
  const fits = hasVectors && reply.width === width;
  const delivered = new Set(fits ? reply.positions : []);
  const failed = new Map(reply.failures.map((failure) => [failure.position, failure]));
  const missing: number[] = [];
  const lost: { place: number; reason: string }[] = [];
  for (let place = 0; place < textCount; place++) {
    if (delivered.has(place)) continue;
    const failure = failed.get(place);
    const isMissing = failure === undefined ? !hasVectors || fits : failure.isMissing === true;
    if (isMissing && mayAskAgain) missing.push(place);
    else
      lost.push({ place, reason: failure?.reason ?? reasonWithout(hasVectors && !fits, reply.width, width) });
  }
  return { fits, missing, lost };
}

function reasonWithout(isOfOtherLength: boolean, length: number, width: number | null): string {
  return isOfOtherLength
    ? `The vector for this text has length ${length}, the others of the run have length ${width}.`
    : 'The reply left this text out.';
}
