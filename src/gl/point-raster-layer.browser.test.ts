import { createElement, createRef, type RefObject } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import { seededGaussian, seededRandom } from '@/core/random';
import { grey, hidden } from './dim-rows';
import { createHoverChannel } from './hover-channel';
import { categoryColour, parseHex } from './palettes';
import { PointMap, type PointMapHandle, type PointMapProps } from './point-map';
import type { RendererKind } from './renderer-kind';

const theme = { canvas: '#FFFFFF', text: '#171B21', accent: '#4B49C9', line: '#67707C', context: '#C9CED6' };
const rowCount = 3000;
const size = { width: 701, height: 333 };

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function makePlaces(seed: number): Float32Array {
  const next = seededGaussian(seed);
  return Float32Array.from({ length: 2 * rowCount }, (_, i) => (i === 40 ? Number.NaN : next()));
}

function makeColours(): Uint8Array {
  const colours = new Uint8Array(4 * rowCount);
  for (let row = 0; row < rowCount; row++)
    colours.set([...parseHex(categoryColour(row % 12, false)), row % 50 === 0 ? 0 : 255], 4 * row);
  return colours;
}

/** A map that is drawn by one of both. */
function show(drawnBy: RendererKind, changes: Partial<PointMapProps>): RefObject<PointMapHandle | null> {
  const host = document.createElement('div');
  host.style.cssText = `position:fixed;left:0;top:0;width:${size.width}px;height:${size.height}px`;
  document.body.append(host);
  const root = createRoot(host);
  ends.push(() => {
    root.unmount();
    host.remove();
  });
  const ref = createRef<PointMapHandle>();
  root.render(
    createElement(PointMap, {
      label: 'Points',
      panes: [{ key: 'one', positions: makePlaces(1) }],
      rowCount,
      colours: makeColours(),
      pinned: [],
      ringed: [],
      hover: createHoverChannel(),
      theme,
      transitionMs: 0,
      cameraMs: 0,
      onPick: () => {},
      ref,
      drawnBy,
      ...changes,
    }),
  );
  return ref;
}

async function takePicture(
  drawnBy: RendererKind,
  changes: Partial<PointMapProps>,
  zoomedBy: number,
): Promise<Uint8ClampedArray> {
  const map = show(drawnBy, changes);
  const pixels = () => {
    const picture = map.current?.takePicture();
    if (picture == null) return null;
    return picture.getContext('2d')?.getImageData(0, 0, picture.width, picture.height).data ?? null;
  };
  await expect.poll(() => pixels()?.some((value) => value < 255) ?? false, { timeout: 10_000 }).toBe(true);
  for (let step = 0; step < zoomedBy; step++) map.current?.zoomIn();
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  return pixels()!;
}

const random = seededRandom(3);
const dims = Uint8Array.from({ length: rowCount }, () => [0, grey, hidden][Math.floor(3 * random())]!);
const sizes = Float32Array.from({ length: rowCount }, () => 0.6 + 1.8 * random());
const twoPanes = [
  { key: 'one', positions: makePlaces(1) },
  { key: 'two', positions: makePlaces(2) },
];

const scenes: Readonly<Record<string, { changes: Partial<PointMapProps>; zoomedBy: number }>> = {
  'one pane': { changes: {}, zoomedBy: 0 },
  'two panes': { changes: { panes: twoPanes }, zoomedBy: 0 },
  'three panes, dimmed rows': {
    changes: { panes: [...twoPanes, { key: 'three', positions: makePlaces(3) }], dims },
    zoomedBy: 0,
  },
  'rows of their own size': { changes: { sizes }, zoomedBy: 0 },
  'many transparent rows, zoomed in': { changes: { rowCount: 300_000 }, zoomedBy: 1 },
  'dimmed rows of their own size, zoomed in': { changes: { dims, sizes }, zoomedBy: 3 },
};

describe('PointRasterLayer', () => {
  it.each(Object.entries(scenes))('draws what the card draws: %s', async (_, { changes, zoomedBy }) => {
    const [card, processor] = [
      await takePicture('card', changes, zoomedBy),
      await takePicture('processor', changes, zoomedBy),
    ];
    expect(processor.length).toBe(card.length);
    let sum = 0;
    let largest = 0;
    let far = 0;
    let inked = 0;
    for (let i = 0; i < card.length; i++) {
      const difference = Math.abs(card[i]! - processor[i]!);
      sum += difference;
      largest = Math.max(largest, difference);
      if (difference > 40) far++;
      if (card[i]! < 255) inked++;
    }
    // Places are rounded to an eighth of a pixel, radii of their own likewise.
    const isSized = changes.sizes !== undefined;
    expect(sum / inked).toBeLessThan(5);
    expect(largest).toBeLessThan(isSized ? 110 : 40);
    expect(far / inked).toBeLessThan(0.01);
  });
});
