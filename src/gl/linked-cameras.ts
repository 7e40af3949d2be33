import { type Bounds, type Camera, type Insets, noInsets, type Point, type Size, zoomAround } from './camera';
import type { CameraLink } from './camera-link';
import type { MapContent } from './map-content';
import type { PointPane } from './point-pane';
import { uniteBounds, type WorldFrame } from './world-points';

interface Scene {
  readonly panes: readonly PointPane[];
  readonly content: MapContent;
  /** The coordinate system that all panes share; null where each has its own. */
  readonly sharedFrame: WorldFrame | null;
  /** Size of the whole map, in CSS pixels. */
  readonly size: Size;
}

/** The cameras of one to four maps: what each shows when it shows all, and how they follow each other. */
export class LinkedCameras {
  /** The pane that was moved last; linked panes follow it. */
  private lead: PointPane | null = null;

  constructor(private readonly scene: Scene) {}

  /** Zooms by `steps` doublings about the middle of the free part: every pane, or one that the others follow. */
  zoomBy(steps: number): void {
    for (const pane of this.leads()) {
      const size = pane.rect;
      const padding = this.insetsOf(pane);
      const middle = {
        x: (padding.left + size.width - padding.right) / 2,
        y: (padding.top + size.height - padding.bottom) / 2,
      };
      const camera = zoomAround(pane.motion.destination, size, middle, steps, pane.zoomLimits);
      this.moveCamera(pane, camera, this.cameraMs);
    }
  }

  /** Moves by pixels: every pane, or one that the others follow. */
  panBy(pixelsX: number, pixelsY: number): void {
    for (const pane of this.leads()) {
      const { x, y, zoom } = pane.motion.destination;
      this.moveCamera(pane, { x: x + pixelsX / 2 ** zoom, y: y + pixelsY / 2 ** zoom, zoom }, 0);
    }
  }

  /** Shows all points again. */
  fit(): void {
    for (const pane of this.scene.panes) {
      pane.isFitted = true;
      pane.motion.glide(this.fitOf(pane), this.cameraMs);
    }
  }

  /** Shows rows as large as the zoom allows, and stays there. Rows without a place do not count. */
  fitRows(rows: Iterable<number>): void {
    const listed = [...rows];
    for (const pane of this.leads()) {
      const camera = pane.fitRows(listed, this.insetsOf(pane));
      if (camera !== null) this.moveCamera(pane, camera, this.cameraMs);
    }
  }

  /** Puts a place of a pane's own coordinates into the middle of what is free. */
  centreOn(pane: PointPane, point: Point): void {
    this.moveCamera(pane, pane.centredOn(point, this.insetsOf(pane)), 0);
  }

  /** A gesture moved a pane's camera. */
  follow(pane: PointPane, camera: Camera): void {
    this.moveCamera(pane, camera, 0);
  }

  /** Another link holds: the other panes follow the one moved last anew. */
  relink(): void {
    const { lead } = this;
    if (lead !== null && !lead.isFitted) this.moveCamera(lead, lead.motion.destination, this.cameraMs);
  }

  /** Zooms a pane by `steps` doublings about one of its pixels. */
  zoomAt(pane: PointPane, pixel: Point, steps: number): void {
    const camera = zoomAround(pane.motion.destination, pane.rect, pixel, steps, pane.zoomLimits);
    this.moveCamera(pane, camera, this.cameraMs);
  }

  /** Forgets a pane that is gone. */
  forgetGone(): void {
    if (this.lead !== null && !this.scene.panes.includes(this.lead)) this.lead = null;
  }

  private get cameraMs(): number {
    const { cameraMs, transitionMs } = this.scene.content;
    return cameraMs ?? (transitionMs > 0 ? 700 : 0);
  }

  /** The camera that shows all that a pane may show. */
  fitOf(pane: PointPane): Camera {
    return pane.fit(this.wholeOf(pane), this.insetsOf(pane));
  }

  /** All that a pane may show: its own points, or in one coordinate system those of all panes, so that fitted panes agree. */
  private wholeOf(pane: PointPane): Bounds | null {
    return this.scene.sharedFrame === null
      ? pane.places.bounds
      : uniteBounds(this.scene.panes.map((one) => one.places.bounds));
  }

  private get link(): CameraLink {
    return this.scene.content.cameraLink ?? 'free';
  }

  /** The panes that a command moves: all where each goes its own way, else the one moved last, which the others follow. */
  private leads(): readonly PointPane[] {
    if (this.link === 'free') return this.scene.panes;
    return [this.lead ?? this.scene.panes[0]].filter((pane) => pane !== undefined);
  }

  /** Moves one pane's camera, and those of the others as they are linked. */
  private moveCamera(lead: PointPane, camera: Camera, durationMs: number): void {
    this.lead = lead;
    lead.isFitted = false;
    lead.motion.glide(camera, durationMs);
    if (this.link === 'free') return;
    for (const pane of this.scene.panes) {
      if (pane === lead) continue;
      const followed =
        this.link === 'viewport'
          ? camera
          : pane.frameRowsOf(
              { pane: lead, camera, padding: this.insetsOf(lead) },
              this.wholeOf(pane),
              this.insetsOf(pane),
            );
      pane.isFitted = false;
      if (followed !== null) pane.motion.glide(followed, durationMs);
    }
  }

  /** What the cards that cover the map's edges cover of one pane; of any, where panes share one coordinate system and are to agree. */
  private insetsOf(pane: PointPane): Insets {
    const covered = (this.scene.sharedFrame === null ? [pane] : this.scene.panes).map((one) =>
      this.coveredOf(one),
    );
    return {
      top: Math.max(...covered.map(({ top }) => top)),
      left: Math.max(...covered.map(({ left }) => left)),
      right: Math.max(...covered.map(({ right }) => right)),
      bottom: Math.max(...covered.map(({ bottom }) => bottom)),
    };
  }

  private coveredOf({ rect }: PointPane): Insets {
    const { padding = noInsets } = this.scene.content;
    const { width, height } = this.scene.size;
    return {
      top: Math.max(0, padding.top - rect.y),
      left: Math.max(0, padding.left - rect.x),
      right: Math.max(0, padding.right - (width - rect.x - rect.width)),
      bottom: Math.max(0, padding.bottom - (height - rect.y - rect.height)),
    };
  }
}
