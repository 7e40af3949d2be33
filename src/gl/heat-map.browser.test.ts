import { createElement, createRef } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import type { HeatCell, HeatView } from './heat-content';
import { HeatMap, type HeatMapHandle, type HeatMapProps } from './heat-map';
import { divergingPalette, paletteColour, parseHex, sequentialPalette } from './palettes';
import type { TileSource } from './tile-loader';

const side = 600;
const emptyRow = 7;

/** A matrix that is not symmetric, so that rows and columns cannot be mistaken for one another. */
function valueAt(row: number, column: number): number {
  return row === emptyRow ? Number.NaN : 0.5 + 0.45 * Math.sin(row * 0.05) * Math.cos(column * 0.011);
}

function makeSource(size: number, gate: (level: number) => Promise<void> = async () => {}) {
  const asked: string[] = [];
  const tiles: TileSource = {
    key: `matrix of ${size}`,
    async load(level, rowTile, columnTile, signal) {
      asked.push(`${level}/${rowTile}/${columnTile}`);
      await gate(level);
      signal.throwIfAborted();
      const span = 2 ** level;
      return Float32Array.from({ length: 256 * 256 }, (_, index) => {
        const row = (rowTile * 256 + Math.floor(index / 256)) * span;
        const column = (columnTile * 256 + (index % 256)) * span;
        return row < size && column < size ? valueAt(row, column) : Number.NaN;
      });
    },
  };
  return { tiles, asked };
}

let root: Root | null = null;
let host: HTMLElement | null = null;

afterEach(() => {
  root?.unmount();
  host?.remove();
  root = null;
});

function show(size: number, changes: Partial<HeatMapProps> = {}) {
  const source = makeSource(size);
  host = document.createElement('div');
  host.style.cssText = `position:fixed;left:0;top:0;width:${side}px;height:${side}px`;
  document.body.append(host);
  const mounted = createRoot(host);
  root = mounted;
  const ref = createRef<HeatMapHandle>();
  const views: HeatView[] = [];
  const cells: (HeatCell | null)[] = [];
  let props: HeatMapProps = {
    label: 'Similarity matrix',
    size: { rows: size, columns: size },
    tiles: source.tiles,
    range: [0, 1],
    palette: sequentialPalette(false),
    emptyColour: '#F4F5F8',
    theme: { canvas: '#FFFFFF', text: '#171B21', accent: '#4B49C9' },
    attributes: { 'data-rows': String(size) },
    onViewChange: (view) => views.push(view),
    onHover: (cell) => cells.push(cell),
    ref,
    ...changes,
  };
  const update = (more: Partial<HeatMapProps>): void => {
    props = { ...props, ...more };
    mounted.render(createElement(HeatMap, props));
  };
  update({});
  const map = (): HeatMapHandle => {
    if (ref.current === null) throw new Error('The map is not there.');
    return ref.current;
  };
  const settled = () => expect.poll(() => views.at(-1)?.pending, { timeout: 10_000 }).toBe(0);
  return { host, map, update, views, cells, asked: source.asked, settled };
}

type Shown = ReturnType<typeof show>;

function pixelAt(map: HeatMapHandle, x: number, y: number): number[] | null {
  const picture = map.takePicture();
  const ratio = (picture?.width ?? 0) / side;
  const data = picture
    ?.getContext('2d')
    ?.getImageData(Math.floor(x * ratio), Math.floor(y * ratio), 1, 1).data;
  return data === undefined ? null : [...data.slice(0, 3)];
}

/** Polls until the middle of the cell shows the colour, and fails with both colours otherwise. */
async function expectCell(
  shown: Shown,
  row: number,
  column: number,
  expected: readonly number[],
  span = 1,
): Promise<void> {
  await expect
    .poll(
      () => {
        const start = shown.map().locateCorner(row, column);
        const end = shown.map().locateCorner(row + span, column + span);
        if (start === null || end === null) return 'not drawn';
        const pixel = pixelAt(shown.map(), (start.x + end.x) / 2, (start.y + end.y) / 2);
        const differs =
          pixel === null || pixel.some((channel, index) => Math.abs(channel - (expected[index] ?? 0)) > 3);
        return differs ? `${pixel} at ${row}, ${column} instead of ${expected}` : 'right';
      },
      { timeout: 8000 },
    )
    .toBe('right');
}

const sampled = [
  [0, 0],
  [3, 290],
  [290, 3],
  [120, 260],
  [260, 120],
  [255, 256],
  [256, 255],
  [299, 299],
] as const;

describe('HeatMap', () => {
  it('colours every cell by its value: row down, column across', async () => {
    const shown = show(300);
    await shown.settled();
    for (const [row, column] of sampled) {
      await expectCell(shown, row, column, paletteColour(sequentialPalette(false), valueAt(row, column)));
    }
    await expectCell(shown, emptyRow, 100, parseHex('#F4F5F8'));
    expect(shown.host.querySelector('[data-rows="300"]')).not.toBeNull();
  });

  it('takes a new range and palette without asking for a tile', async () => {
    const shown = show(300);
    await shown.settled();
    expect(shown.asked).toHaveLength(4);
    const palette = divergingPalette(true);
    shown.update({ range: [0.3, 0.7], palette });
    for (const [row, column] of sampled) {
      await expectCell(shown, row, column, paletteColour(palette, (valueAt(row, column) - 0.3) / 0.4));
    }
    expect(shown.asked).toHaveLength(4);
  });

  it('leaves the ground around the matrix free', async () => {
    const shown = show(300, { padding: { left: 100, top: 0, right: 0, bottom: 100 } });
    await shown.settled();
    await expectCell(shown, 50, 50, paletteColour(sequentialPalette(false), valueAt(50, 50)));
    expect(pixelAt(shown.map(), 50, 300)).toEqual([255, 255, 255]);
    expect(pixelAt(shown.map(), 300, 550)).toEqual([255, 255, 255]);
    expect(shown.map().locateCorner(0, 0)?.x).toBeCloseTo(100, 6);
    expect(shown.map().locateCorner(300, 300)?.y).toBeCloseTo(500, 6);
  });

  it('asks only for what is seen, at the level that suits the zoom', async () => {
    const shown = show(10_000);
    await shown.settled();
    // 0.06 px a row: cells of 16 rows are the finest of at least 0.75 px.
    expect(shown.views.at(-1)).toMatchObject({ level: 4, firstRow: 0, lastRow: 9999 });
    expect(shown.views.at(-1)?.cellPx).toBeCloseTo(0.06, 9);
    expect([...shown.asked].sort()).toEqual([
      '4/0/0',
      '4/0/1',
      '4/0/2',
      '4/1/0',
      '4/1/1',
      '4/1/2',
      '4/2/0',
      '4/2/1',
      '4/2/2',
    ]);
    for (let step = 0; step < 5; step++) shown.map().zoomIn();
    await shown.settled();
    const view = shown.views.at(-1);
    if (view === undefined) throw new Error('No view was told.');
    expect(view).toMatchObject({ level: 0, pending: 0 });
    expect(view.cellPx).toBeCloseTo(1.92, 9);
    expect(shown.map().zoomPercent()).toBeCloseTo(3200, 6);
    const seen = new Set<string>();
    for (let row = view.firstRow; row <= view.lastRow; row++) {
      for (const column of [view.firstColumn, view.lastColumn]) {
        for (let tile = Math.floor(view.firstColumn / 256); tile <= Math.floor(column / 256); tile++) {
          seen.add(`0/${Math.floor(row / 256)}/${tile}`);
        }
      }
    }
    expect(new Set(shown.asked.filter((name) => name.startsWith('0/')))).toEqual(seen);
    const middle = [
      Math.round((view.firstRow + view.lastRow) / 2),
      Math.round((view.firstColumn + view.lastColumn) / 2),
    ] as const;
    await expectCell(
      shown,
      middle[0],
      middle[1],
      paletteColour(sequentialPalette(false), valueAt(...middle)),
    );
    shown.map().fit();
    await expect.poll(() => shown.views.at(-1)?.zoomPercent).toBeCloseTo(100, 6);
  });

  it('keeps the coarser picture beneath until the finer tiles are there', async () => {
    let release = (): void => {};
    const released = new Promise<void>((done) => {
      release = done;
    });
    const gated = makeSource(10_000, (level) => (level === 0 ? released : Promise.resolve()));
    const shown = show(10_000, { tiles: gated.tiles });
    await shown.settled();
    for (let step = 0; step < 5; step++) shown.map().zoomIn();
    await expect.poll(() => shown.views.at(-1)?.pending).toBeGreaterThan(0);
    // The cell of 16 rows that holds row and column 5,000 begins at 4,992.
    await expectCell(shown, 5000, 5000, paletteColour(sequentialPalette(false), valueAt(4992, 4992)));
    expect(shown.views.at(-1)?.pending).toBeGreaterThan(0);
    release();
    await shown.settled();
    await expectCell(shown, 5000, 5000, paletteColour(sequentialPalette(false), valueAt(5000, 5000)));
  });

  it('tells the pair under the pointer, picks it and draws a crosshair over it', async () => {
    const picked: HeatCell[] = [];
    const shown = show(300, {
      onPick: (cell) => picked.push(cell),
      renderTooltip: (cell) => createElement('p', { className: 'card' }, `${cell.row} × ${cell.column}`),
    });
    await shown.settled();
    await expectCell(shown, 0, 0, paletteColour(sequentialPalette(false), valueAt(0, 0)));
    const canvas = shown.host.querySelector('canvas');
    const init = { clientX: 2 * 40 + 1, clientY: 2 * 210 + 1, bubbles: true, detail: 1 };
    canvas?.dispatchEvent(new PointerEvent('pointermove', { ...init, pointerType: 'mouse' }));
    expect(shown.cells.at(-1)).toMatchObject({ row: 210, column: 40, level: 0, x: 81, y: 421 });
    expect(shown.cells.at(-1)?.value).toBeCloseTo(valueAt(210, 40), 6);
    await expect.poll(() => shown.host.querySelector('.card')?.textContent).toBe('210 × 40');
    expect(Number(shown.host.querySelector('[data-mark=crosshair-row]')?.getAttribute('y1'))).toBeCloseTo(
      421,
      3,
    );
    expect(Number(shown.host.querySelector('[data-mark=crosshair-column]')?.getAttribute('x1'))).toBeCloseTo(
      81,
      3,
    );
    canvas?.dispatchEvent(new PointerEvent('pointerdown', init));
    canvas?.dispatchEvent(new PointerEvent('pointerup', init));
    canvas?.dispatchEvent(new MouseEvent('click', init));
    expect(picked).toMatchObject([{ row: 210, column: 40 }]);
    canvas?.dispatchEvent(new PointerEvent('pointerleave', { bubbles: false }));
    shown.host.firstElementChild?.dispatchEvent(new PointerEvent('pointerleave'));
    expect(shown.cells.at(-1)).toBeNull();
  });

  it('shows another matrix once its key is another', async () => {
    const shown = show(300);
    await shown.settled();
    const other: TileSource = {
      key: 'the other',
      load: async () => new Float32Array(256 * 256).fill(0.25),
    };
    shown.update({ tiles: other });
    await expectCell(shown, 120, 260, paletteColour(sequentialPalette(false), 0.25));
  });
});
