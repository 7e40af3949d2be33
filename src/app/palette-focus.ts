let before: Element | null = null;

/** Remembers what has the keys before the palette takes them. */
export function noteFocus(): void {
  const { activeElement } = document;
  // Asked for again while it was going: it has them still.
  if (activeElement === null || !isPalette(activeElement)) before = activeElement;
}

/** Gives the keys back, unless something else took them meanwhile. */
export function giveFocusBack(): void {
  const { activeElement } = document;
  const isFree = activeElement === null || activeElement === document.body || isPalette(activeElement);
  if (isFree && before instanceof HTMLElement) before.focus({ preventScroll: true });
}

function isPalette(element: Element): boolean {
  return element.closest('[role="dialog"][aria-label="Commands"]') !== null;
}
