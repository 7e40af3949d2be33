/**
 * Keys by the origin they were given for, in memory only: they end with the tab. Nothing else may hold a key, and no
 * function here returns more than the key of the origin asked for.
 */
const keys = new Map<string, string>();

/** Remembers the key for the origin of a base URL; an empty key forgets it. Throws TypeError when it is no URL. */
export function keepKey(baseUrl: string, key: string): void {
  const { origin } = new URL(baseUrl);
  if (key === '') keys.delete(origin);
  else keys.set(origin, key);
}

export function keyFor(baseUrl: string): string | null {
  return keys.get(new URL(baseUrl).origin) ?? null;
}
