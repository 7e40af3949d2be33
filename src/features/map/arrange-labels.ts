import type { Point, Rect, Size } from '@/gl/camera';
import { PointCover, placeLabels, type WantedLabel } from '@/gl/place-labels';

/** Groups of rows that have a name on the map, the largest first. */
export interface NamedGroups {
  readonly groupOf: Int32Array;
  readonly names: readonly string[];
  /** Rows of each. */
  readonly sizes: readonly number[];
}

export interface MapLabel {
  readonly kind: 'cluster' | 'part';
  readonly group: number;
  /** Where it belongs, in the map's own coordinates, and how far from there its middle is, in pixels. */
  readonly anchor: Point;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly width: number;
}

/** How the map's coordinates become pixels of the pane. */
export interface Projection {
  readonly originX: number;
  readonly originY: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** Fewest points in sight of a group that is named. */
const leastInSight = 5;
/** Points in sight that decide which groups are named, and where. */
const mostExamined = 20_000;
/** Points of a group that decide where its name belongs. */
const mostSampled = 200;
/** Square pixels of the pane that each label has on average, at least. */
const pixelsALabel = { cluster: 24_000, part: 12_000 };
const heightPx = { cluster: 20, part: 16 };
const mostLabels = 190;
/** Below this share of the points in sight, the map counts as zoomed in. */
const zoomedShare = 0.6;

/**
 * Names for what is in sight: groups by the number of their points in sight, then parts of groups where there is room, each near the
 * middle of its points in sight. Rows that are filtered out do not count.
 */
export function arrangeLabels(request: {
  readonly positions: Float32Array;
  readonly isHidden: (row: number) => boolean;
  readonly projection: Projection;
  readonly size: Size;
  readonly obstacles: readonly Rect[];
  readonly clusters: NamedGroups;
  /** Finer groups, for a map that is zoomed in; null for none. */
  readonly parts: NamedGroups | null;
  readonly widthOf: (name: string, kind: MapLabel['kind']) => number;
}): { labels: MapLabel[]; isZoomed: boolean } {
  const { positions, projection, size, clusters, parts, widthOf } = request;
  const cover = new PointCover(size);
  const sighted: number[] = [];
  let shown = 0;
  for (let row = 0; row < clusters.groupOf.length; row++) {
    const x = projection.originX + projection.scaleX * positions[2 * row]!;
    const y = projection.originY + projection.scaleY * positions[2 * row + 1]!;
    if (Number.isNaN(x) || request.isHidden(row)) continue;
    shown++;
    if (x < 0 || y < 0 || x >= size.width || y >= size.height) continue;
    sighted.push(row);
  }
  const inSight = thinOut(sighted);
  for (const row of inSight)
    cover.add(
      projection.originX + projection.scaleX * positions[2 * row]!,
      projection.originY + projection.scaleY * positions[2 * row + 1]!,
    );
  const isZoomed = sighted.length > 0 && sighted.length < zoomedShare * shown;

  const wanted = collect(inSight, clusters, positions).map((group) => ({
    ...group,
    kind: 'cluster' as const,
  }));
  const named = new Set(wanted.map(({ group }) => group));
  const finer = isZoomed && parts !== null ? collect(inSight, parts, positions) : [];
  // A part that is nearly all of its cluster would say the same thing twice.
  const wantedParts = finer
    .filter(({ rows }) => {
      const cluster = clusters.groupOf[rows[0]!]!;
      const whole = wanted.find(({ group }) => group === cluster);
      return !named.has(cluster) || whole === undefined || rows.length < 0.7 * whole.rows.length;
    })
    .map((group) => ({ ...group, kind: 'part' as const }));

  const area = size.width * size.height;
  const candidates = [
    ...wanted.slice(0, Math.min(mostLabels, Math.floor(area / pixelsALabel.cluster))),
    ...wantedParts.slice(0, Math.floor(area / pixelsALabel.part)),
  ].slice(0, mostLabels);
  const labels = candidates.map(({ kind, group, anchor }): WantedLabel => {
    const names = kind === 'cluster' ? clusters.names : (parts?.names ?? []);
    return {
      anchor: {
        x: projection.originX + projection.scaleX * anchor.x,
        y: projection.originY + projection.scaleY * anchor.y,
      },
      width: widthOf(names[group]!, kind),
      height: heightPx[kind],
    };
  });
  const places = placeLabels({ labels, size, obstacles: request.obstacles, cover });
  return {
    isZoomed,
    labels: candidates.flatMap(({ kind, group, anchor }, i) => {
      const place = places[i]!;
      if (place === null) return [];
      const pixel = labels[i]!.anchor;
      return {
        kind,
        group,
        anchor,
        shiftX: place.x + place.width / 2 - pixel.x,
        shiftY: place.y + place.height / 2 - pixel.y,
        width: place.width,
      };
    }),
  };
}

/** Where more points are in sight than names need to find their places, one of every so many. */
function thinOut(rows: readonly number[]): readonly number[] {
  const step = Math.ceil(rows.length / mostExamined);
  return step <= 1 ? rows : Array.from({ length: Math.ceil(rows.length / step) }, (_, i) => rows[i * step]!);
}

interface Sighted {
  readonly group: number;
  readonly rows: readonly number[];
  readonly anchor: Point;
}

/** Groups by their number of points in sight, and the point of each that is nearest to the middle of these. */
function collect(
  inSight: readonly number[],
  { groupOf, names }: NamedGroups,
  positions: Float32Array,
): Sighted[] {
  const rowsOf: number[][] = names.map(() => []);
  for (const row of inSight) rowsOf[groupOf[row]!]?.push(row);
  return rowsOf
    .flatMap((rows, group) => (rows.length < leastInSight ? [] : { group, rows }))
    .sort((a, b) => b.rows.length - a.rows.length || a.group - b.group)
    .map(({ group, rows }) => ({ group, rows, anchor: middleOf(rows, positions) }));
}

function middleOf(rows: readonly number[], positions: Float32Array): Point {
  const step = Math.max(1, rows.length / mostSampled);
  const sample = Array.from(
    { length: Math.floor(rows.length / step) },
    (_, i) => rows[Math.floor(i * step)]!,
  );
  const medianOf = (axis: 0 | 1) =>
    Float32Array.from(sample, (row) => positions[2 * row + axis]!).sort()[sample.length >> 1]!;
  const x = medianOf(0);
  const y = medianOf(1);
  let nearest = sample[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const row of sample) {
    const distance = (positions[2 * row]! - x) ** 2 + (positions[2 * row + 1]! - y) ** 2;
    if (distance < least) {
      least = distance;
      nearest = row;
    }
  }
  return { x: positions[2 * nearest]!, y: positions[2 * nearest + 1]! };
}
