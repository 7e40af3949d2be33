/** Why a call to a worker ended without a result. */
export type ComputeErrorCode =
  | 'aborted' // the caller's signal
  | 'crashed' // the worker died; it has been replaced
  | 'not-loaded' // the worker's script could not be loaded
  | 'restarted' // the worker was replaced because another call did not answer an abort in time
  | 'stalled' // no progress for longer than the caller waits; the worker was replaced
  | 'disposed' // the client was shut down
  | 'no-matrix' // the worker does not hold that matrix
  | 'bad-table' // a source that cannot be read; the message is for the person
  | 'storage' // the browser's storage refused or failed
  | 'failed'; // anything else thrown by a job

/** The one form in which trouble in a worker reaches its callers. */
export class ComputeError extends Error {
  override readonly name = 'ComputeError';
  constructor(
    readonly code: ComputeErrorCode,
    message: string,
  ) {
    super(message);
  }
}
