import type { ProviderError } from './provider-error';

/** What is known of a batch when its request has failed. */
export interface FailedBatch {
  readonly texts: number;
  /** Repetitions of passing trouble so far. */
  readonly retries: number;
  /** True where it was asked again already because of an unusable reply. */
  readonly isAskedAgain: boolean;
}

/** What follows from a failed request. */
export type Verdict =
  /** Nothing of the run can succeed. */
  | { readonly next: 'stop' }
  | { readonly next: 'fail' }
  /** No failure: the whole run waits, as often as it takes, and then goes on with the same texts. */
  | { readonly next: 'hold'; readonly reason: 'crowded' | 'warming' }
  /** Passing trouble: these texts wait, then are sent again, in halves where that may help. */
  | { readonly next: 'repeat'; readonly reason: 'capacity' | 'trouble'; readonly inHalves: boolean }
  /** Something in the batch, or its size, is the reason: halves tell which. */
  | { readonly next: 'halve' }
  /** The reply could not be used: once more, in halves. */
  | { readonly next: 'ask again' };

const retries = 2;
const retriesWithoutCapacity = 3;

/** The connection broke off while a reply came: an HTTP success, but no word from the server about a failure. */
function isBrokenOff({ kind, status, serverDetail }: ProviderError): boolean {
  return kind === 'server' && status !== null && status < 300 && serverDetail === null;
}

/** Turned away because the account's units are in use; a 503 is about the server's own capacity. */
export function isCrowded({ kind, status }: ProviderError): boolean {
  return kind === 'busy' && (status === null || status < 500);
}

/** Trouble without a word from the server, as a lost network makes it. */
export function isSilence(error: ProviderError): boolean {
  return error.kind === 'unreachable' || error.kind === 'timeout' || isBrokenOff(error);
}

/** Decides what follows from a failed request (statuses and their meaning: the Featherless API and its like). */
export function judgeFailure(error: ProviderError, batch: FailedBatch): Verdict {
  const { kind, status } = error;
  const halvesOr = (otherwise: Verdict): Verdict => (batch.texts > 1 ? { next: 'halve' } : otherwise);
  const repeatUpTo = (most: number, repeat: Verdict): Verdict =>
    batch.retries < most ? repeat : { next: 'fail' };
  const again = (inHalves: boolean): Verdict => ({ next: 'repeat', reason: 'trouble', inHalves });
  switch (kind) {
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
      return { next: 'stop' };
    case 'busy':
      return isCrowded(error)
        ? { next: 'hold', reason: 'crowded' }
        : repeatUpTo(retriesWithoutCapacity, { next: 'repeat', reason: 'capacity', inHalves: false });
    case 'cold':
      return { next: 'hold', reason: 'warming' };
    case 'rejected':
      // Without a status the request never left: the address itself is refused.
      return status === null ? { next: 'stop' } : halvesOr({ next: 'fail' });
    case 'server':
      if (isBrokenOff(error)) return repeatUpTo(retries, again(true));
      return halvesOr(repeatUpTo(retries, again(false)));
    case 'timeout':
      return repeatUpTo(retries, again(true));
    case 'unreachable':
      return repeatUpTo(retries, again(false));
    case 'bad-reply':
      return batch.texts > 1 && !batch.isAskedAgain ? { next: 'ask again' } : { next: 'fail' };
  }
}
