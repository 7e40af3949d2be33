import { type Camera, easeInOut, mixCameras } from './camera';

/** One camera that jumps or glides. It keeps its own frames and tells `onChange` after each step. */
export class CameraMotion {
  private current: Camera = { x: 0, y: 0, zoom: 0 };
  private from: Camera = this.current;
  private to: Camera | null = null;
  private startMs = 0;
  private durationMs = 0;
  private frame = 0;

  constructor(private readonly onChange: () => void) {}

  /** The camera as it is now. */
  get camera(): Camera {
    return this.current;
  }

  /** The camera that a glide under way ends in, or the present one. */
  get destination(): Camera {
    return this.to ?? this.current;
  }

  /** Sets the camera at once and ends a glide. */
  jump(camera: Camera): void {
    this.stop();
    this.current = camera;
    this.onChange();
  }

  /** Glides to a camera; 0 ms is a jump. */
  glide(camera: Camera, durationMs: number): void {
    if (durationMs <= 0) {
      this.jump(camera);
      return;
    }
    this.from = this.current;
    this.to = camera;
    this.startMs = performance.now();
    this.durationMs = durationMs;
    if (this.frame === 0) this.frame = requestAnimationFrame(this.step);
  }

  /** Ends a glide where it is. */
  stop(): void {
    if (this.frame !== 0) cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.to = null;
  }

  private readonly step = (): void => {
    this.frame = 0;
    if (this.to === null) return;
    const t = (performance.now() - this.startMs) / this.durationMs;
    this.current = mixCameras(this.from, this.to, easeInOut(t));
    if (t >= 1) this.to = null;
    else this.frame = requestAnimationFrame(this.step);
    this.onChange();
  };
}
