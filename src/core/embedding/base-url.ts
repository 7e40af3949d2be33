import { ProviderError } from './provider-error';

/** The root of an API, checked. */
export interface BaseUrl {
  readonly origin: string;
  /** Host with port, for the screen. */
  readonly host: string;
  /** Path without a slash at its end; empty where the API sits at the root. */
  readonly path: string;
}

const localHosts: readonly string[] = ['localhost', '127.0.0.1'];

/** Whether a host name is that of this computer, which needs no network. */
export function isThisComputer(hostname: string): boolean {
  return localHosts.includes(hostname);
}

function refused(message: string): ProviderError {
  return new ProviderError('rejected', message);
}

/**
 * Reads the address of an API. Throws ProviderError 'rejected' where it is no URL, not https (http is allowed on this
 * computer only), or carries a user name, a query or a fragment. The message never repeats the address, since people
 * put keys into addresses.
 */
export function readBaseUrl(text: string): BaseUrl {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw refused('The base URL is not a complete address. It should look like https://api.example.com/v1.');
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(
      'The base URL carries a user name or password. Leave them out and put the key into its own field.',
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refused('The base URL must begin with https:// (or http:// for a server on this computer).');
  }
  if (url.protocol === 'http:' && !isThisComputer(url.hostname)) {
    throw refused(
      'The base URL is http, which would send texts and key unencrypted. Use https; http is allowed for localhost and 127.0.0.1 only.',
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw refused('The base URL must end with its path: leave out everything from ? or # on.');
  }
  return { origin: url.origin, host: url.host, path: url.pathname.replace(/\/+$/, '') };
}

/** Origin and path, so that spellings of one address (capitals in the host, default port, slash at the end) count as one. */
export function apiAddressOf(baseUrl: string): string {
  try {
    const { origin, path } = readBaseUrl(baseUrl);
    return `${origin}${path}`;
  } catch {
    return baseUrl;
  }
}
