/** The row under the pointer, shared by every view that shows rows, outside React state. */
export interface HoverChannel {
  get(): number | null;
  /** Sets the row, or null for none; listeners hear of it only when it differs. */
  set(row: number | null): void;
  /** Calls `listener` after every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** Makes a channel on which no row is hovered yet. */
export function createHoverChannel(): HoverChannel {
  let current: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(row) {
      if (row === current) return;
      current = row;
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
