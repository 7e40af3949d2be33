import { readFile } from 'node:fs/promises';
import { seededGaussian, seededRandom } from '@/core/random';
import { fitCamera, noInsets, type Point } from '@/gl/camera';
import { PlainStampSpace } from '@/gl/plain-stamps';
import { PointIndex } from '@/gl/point-index';
import { type DrawnRows, PointRaster, type RasterView, rasterRoom } from '@/gl/point-raster';
import { pointSize } from '@/gl/point-size';
import { rowsInside } from '@/gl/rows-inside';
import { openStampSpace } from '@/gl/stamp-space';
import { boundPositions } from '@/gl/world-points';
import { type BenchmarkGroup, compareFigures, processorClock, timeInTurns } from '../benchmark';

const sizes = [10_000, 50_000, 200_000];
const groups = 50;
const corners = 200;
const pointed = 200;
const reach = 0.02;
const acceptAll = () => true;

/** Points as maps have them: groups of different widths, n × 2. */
function makePlaces(n: number): Float32Array {
  const next = seededGaussian(11);
  const centres = Array.from({ length: groups }, () => ({
    x: 4 * next(),
    y: 4 * next(),
    wide: 0.1 + Math.abs(next()) / 3,
  }));
  const places = new Float32Array(2 * n);
  for (let row = 0; row < n; row++) {
    const { x, y, wide } = centres[row % groups]!;
    places[2 * row] = x + wide * next();
    places[2 * row + 1] = y + wide * next();
  }
  return places;
}

/** An outline as a hand draws it: round, and nowhere straight. */
function makeOutline(): Point[] {
  const random = seededRandom(12);
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners;
    const radius = 4 + Math.sin(5 * angle) + 0.05 * random();
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}

/** The even-odd rule as it is written down: every row against every edge. */
function plainInside(places: Float32Array, outline: readonly Point[]): number[] {
  const inside: number[] = [];
  for (let row = 0; 2 * row < places.length; row++) {
    const x = places[2 * row]!;
    const y = places[2 * row + 1]!;
    let isInside = false;
    for (let at = 0, before = outline.length - 1; at < outline.length; before = at++) {
      const [a, b] = [outline[at]!, outline[before]!];
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isInside = !isInside;
    }
    if (isInside) inside.push(row);
  }
  return inside;
}

function plainNearest(places: Float32Array, x: number, y: number): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; 2 * row < places.length; row++) {
    const distance = (places[2 * row]! - x) ** 2 + (places[2 * row + 1]! - y) ** 2;
    if (distance < least) {
      least = distance;
      nearest = row;
    }
  }
  return nearest;
}

/** A map of so many CSS pixels with all places in it. */
const map = { width: 1100, height: 700 };
const pixelRatios = [1, 2];

function drawingOf(places: Float32Array, pixelRatio: number): { rows: DrawnRows; view: RasterView } {
  const n = places.length / 2;
  const camera = fitCamera(boundPositions(places)!, map, noInsets, 20);
  const scale = 2 ** camera.zoom * pixelRatio;
  return {
    rows: {
      start: places,
      end: places,
      progress: 1,
      colours: Uint8Array.from({ length: 4 * n }, (_, i) => (i % 4 === 3 ? 255 : (61 * (i >> 2)) & 255)),
      dims: null,
      sizes: null,
      dimColour: [201, 206, 214],
      edgeColour: [255, 255, 255],
      ...pointSize(n),
    },
    view: {
      width: map.width * pixelRatio,
      height: map.height * pixelRatio,
      centreX: camera.x,
      centreY: camera.y,
      scaleX: scale,
      scaleY: scale,
      pixelRatio,
    },
  };
}

export const pointing: BenchmarkGroup = {
  name: 'pointing',
  about:
    'the picture of points without a graphics card, rows inside a lasso, the row under the pointer and its index',
  where: 'node',
  async *run({ rounds, root }) {
    const outline = makeOutline();
    const kernel = await readFile(`${root}src/gl/points.wasm`);
    const simd = new PointRaster(openStampSpace(...rasterRoom, kernel));
    const plain = new PointRaster(new PlainStampSpace(...rasterRoom));
    for (const n of sizes) {
      const places = makePlaces(n);
      for (const pixelRatio of pixelRatios) {
        const { rows, view } = drawingOf(places, pixelRatio);
        const picture = await timeInTurns(
          { ours: () => simd.draw(rows, view), plain: () => plain.draw(rows, view) },
          { rounds, leastMs: 20, clock: processorClock },
        );
        yield compareFigures({
          name: `a picture of all points, ${view.width} × ${view.height}`,
          n,
          d: null,
          unit: 'ms',
          better: 'less',
          value: picture.ours,
          peer: { name: 'without SIMD', value: picture.plain },
        });
      }
      const caught = rowsInside(places, outline, acceptAll);
      if (caught.join() !== plainInside(places, outline).join())
        throw new Error('The lasso caught other rows.');
      const lasso = await timeInTurns(
        { ours: () => rowsInside(places, outline, acceptAll), plain: () => plainInside(places, outline) },
        { rounds, leastMs: 20, clock: processorClock },
      );
      yield compareFigures({
        name: `a lasso of ${corners} corners, ${Math.round((100 * caught.length) / n)} % of the rows inside`,
        n,
        d: null,
        unit: 'ms',
        better: 'less',
        value: lasso.ours,
        peer: { name: 'each row against each edge', value: lasso.plain },
      });

      const index = new PointIndex(places);
      index.complete();
      const random = seededRandom(13);
      const at = Array.from({ length: pointed }, () => {
        const row = Math.floor(random() * n);
        return [
          places[2 * row]! + reach * (random() - 0.5),
          places[2 * row + 1]! + reach * (random() - 0.5),
        ] as const;
      });
      for (const [x, y] of at) {
        const found = index.findNearest(x, y, reach, acceptAll)!;
        const right = plainNearest(places, x, y);
        const apart = (row: number) => Math.hypot(places[2 * row]! - x, places[2 * row + 1]! - y);
        if (apart(found) !== apart(right)) throw new Error('The pointer met another row.');
      }
      const hover = await timeInTurns(
        {
          build: () => new PointIndex(places).complete(),
          step: () => new PointIndex(places).advance(),
          ours: () => at.map(([x, y]) => index.findNearest(x, y, reach, acceptAll)),
          plain: () => at.map(([x, y]) => plainNearest(places, x, y)),
        },
        { rounds, leastMs: 20, clock: processorClock },
      );
      yield compareFigures({
        name: 'the row under the pointer',
        n,
        d: null,
        unit: 'ms',
        better: 'less',
        value: hover.ours / pointed,
        peer: { name: 'each row looked at', value: hover.plain / pointed },
      });
      const whole = { n, d: null, unit: 'ms', better: 'less' } as const;
      yield compareFigures({ ...whole, name: 'the index, whole', value: hover.build });
      yield compareFigures({ ...whole, name: 'the index, its longest step', value: hover.step });
    }
  },
};
