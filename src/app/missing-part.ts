/** Errors of scripts of the page that did not come. */
const missing = new WeakSet<object>();

/** Notes which errors are of scripts that the server no longer has, or that could not be fetched. Called once, at the start. */
export function watchParts(): void {
  addEventListener('vite:preloadError', ({ payload }) => missing.add(payload));
}

export function isMissingPart(error: Error): boolean {
  return missing.has(error);
}

/** What is to be said of such a script: what happened, what is kept, what to do. */
export function describeMissingPart(): string {
  const kept = 'Texts, vectors and what you chose are kept in this browser, and come back with the page.';
  return navigator.onLine
    ? `The page was probably replaced on the server by a newer one since it was opened here. ${kept}`
    : `This computer is offline, and this part of the page had not come yet. ${kept} Reload it once there is a connection.`;
}
