/** Moves the focus from an item of a list to the next one, or the one before; false where the focus is in no list. */
export function stepThroughList(target: EventTarget | null, isForward: boolean): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const item = target.closest('ol > li');
  const other = isForward ? item?.nextElementSibling : item?.previousElementSibling;
  other?.querySelector<HTMLElement>('button[data-row]')?.focus();
  return item !== null;
}
