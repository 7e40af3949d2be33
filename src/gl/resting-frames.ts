/** For so long after it was woken a loop has every frame: what follows a change late, such as a canvas of another size, is drawn. */
const restAfterMs = 200;
/** A loop at rest is still let look whether something changed of which it was not told, such as the screen's resolution. */
const lookEveryMs = 1000;

/**
 * Gives a loop that asks for the next frame without end its frames only while there is something to draw: drawing nothing sixty
 * times a second costs a tenth of a core.
 */
export class RestingFrames {
  private asked: FrameRequestCallback | null = null;
  private awakeUntilMs = performance.now() + restAfterMs;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Gives every frame for a while. */
  wake(): void {
    this.awakeUntilMs = performance.now() + restAfterMs;
    if (this.asked !== null) this.schedule();
  }

  readonly requestAnimationFrame = (callback: FrameRequestCallback): number => {
    this.asked = callback;
    this.schedule();
    return 1;
  };

  readonly cancelAnimationFrame = (): void => {
    this.asked = null;
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = 0;
    this.timer = undefined;
  };

  private schedule(): void {
    if (this.frame !== 0) return;
    if (performance.now() < this.awakeUntilMs) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.askBrowser();
    } else this.timer ??= setTimeout(this.askBrowser, lookEveryMs);
  }

  private readonly askBrowser = (): void => {
    this.timer = undefined;
    this.frame = requestAnimationFrame((timeMs) => {
      this.frame = 0;
      const callback = this.asked;
      this.asked = null;
      callback?.(timeMs);
    });
  };
}
