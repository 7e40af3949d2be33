import { isThisComputer } from '@/core/embedding/base-url';

/** Settles when this computer loses its network, or the signal aborts; the loss does not count for a server on this computer. */
export function untilOffline(baseUrl: string, signal: AbortSignal): Promise<void> {
  const isRemote = URL.canParse(baseUrl) && !isThisComputer(new URL(baseUrl).hostname);
  return new Promise((resolve) => {
    if (isRemote) globalThis.addEventListener('offline', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Settles when this computer has a network, or the signal aborts. */
export function untilOnline(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const isOver = navigator.onLine || signal.aborted;
    if (isOver) resolve();
    globalThis.addEventListener('online', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
