/** What kind of trouble it is; decides whether to try again, to fail the batch, or to stop the run. */
export type ProviderErrorKind =
  | 'unauthorized' // 401: stop the run, ask for the key
  | 'forbidden' // 402, 403: not allowed for this account or model; stop the run
  | 'not-found' // 404: no such model; stop the run
  | 'busy' // 429, 503: try again later
  | 'cold' // the model is warming up: try again slowly
  | 'server' // 500, 502, 504, 524 and passing failures: try again twice
  | 'rejected' // 400, 413, 422: this request, for good
  | 'bad-reply' // 2xx whose content cannot be used
  | 'unreachable' // network, DNS, CORS, blocker: indistinguishable to a page
  | 'timeout';

/** The one form in which trouble with a provider reaches the rest. Never carries the key. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  constructor(
    readonly kind: ProviderErrorKind,
    /** For the person: what happened, one or two whole sentences. */
    message: string,
    readonly status: number | null = null,
    /** The server's own code or message, shortened. */
    readonly serverDetail: string | null = null,
    /** From Retry-After where readable. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }

  /** True where going on with other batches of the run is pointless. */
  get stopsRun(): boolean {
    return this.kind === 'unauthorized' || this.kind === 'forbidden' || this.kind === 'not-found';
  }

  /** True where the same request may succeed a little later. */
  get mayPass(): boolean {
    return (
      this.kind === 'busy' ||
      this.kind === 'cold' ||
      this.kind === 'server' ||
      this.kind === 'timeout' ||
      this.kind === 'unreachable'
    );
  }
}
