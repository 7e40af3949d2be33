/** How far a morph between two maps is, 0 to 1, outside React state; the drawing follows it. */
export interface ShareChannel {
  get(): number;
  /** Sets the share; listeners hear of it only when it differs. */
  set(share: number): void;
  /** Calls `listener` after every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** Makes a channel that stands at the first map. */
export function createShareChannel(): ShareChannel {
  let current = 0;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(share) {
      const next = Math.min(1, Math.max(0, share));
      if (next === current) return;
      current = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
