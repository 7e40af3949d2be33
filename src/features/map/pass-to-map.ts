/** A press that moves farther than this is a drag, no click. */
const mostClickPx = 4;

/**
 * Lets what lies above a map be pressed without being in its way: presses and wheel turns on `layer` reach the map's canvas too,
 * so that a drag, a pinch or a zoom may begin there, and a click that ends a drag is none. Returns the way to end it.
 */
export function passToMap(layer: HTMLElement): () => void {
  let pressedAt: { x: number; y: number } | null = null;
  const canvasBelow = () => layer.closest('[data-pane]')?.parentElement?.querySelector('canvas') ?? null;
  const press = (event: PointerEvent) => {
    pressedAt = { x: event.clientX, y: event.clientY };
    canvasBelow()?.dispatchEvent(new PointerEvent(event.type, event));
  };
  const turn = (event: WheelEvent) => {
    event.preventDefault();
    canvasBelow()?.dispatchEvent(new WheelEvent(event.type, event));
  };
  const click = (event: MouseEvent) => {
    // A click by keyboard has no press before it.
    const isDrag =
      event.detail > 0 &&
      pressedAt !== null &&
      Math.hypot(event.clientX - pressedAt.x, event.clientY - pressedAt.y) > mostClickPx;
    if (isDrag) event.stopPropagation();
  };
  layer.addEventListener('pointerdown', press);
  layer.addEventListener('wheel', turn, { passive: false });
  layer.addEventListener('click', click, { capture: true });
  return () => {
    layer.removeEventListener('pointerdown', press);
    layer.removeEventListener('wheel', turn);
    layer.removeEventListener('click', click, { capture: true });
  };
}
