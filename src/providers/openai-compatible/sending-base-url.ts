/** A server, and where its requests are sent: Featherless may be reached through the page's own server. */
export interface Addressed {
  readonly baseUrl: string;
  /** Where requests are sent instead of the base URL; asked before each. */
  readonly findBaseUrl?: () => Promise<string>;
}

/** The base URL that requests really go to. The identity of a run does not depend on it. */
export async function sendingBaseUrl(server: Addressed): Promise<string> {
  return (await server.findBaseUrl?.()) ?? server.baseUrl;
}
