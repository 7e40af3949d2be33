import { createElement, createRef } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AreaWish } from './area-gesture';
import { grey, hidden } from './dim-rows';
import { createHoverChannel } from './hover-channel';
import { categoryColour, parseHex } from './palettes';
import { PointMap, type PointMapHandle, type PointMapProps } from './point-map';
import type { RendererKind } from './renderer-kind';

const theme = { canvas: '#FFFFFF', text: '#171B21', accent: '#4B49C9', line: '#67707C', context: '#C9CED6' };
const columns = 6;
const rowCount = 30;
const rowWithoutPlace = 13;

/** Rows on a grid, far apart from each other. */
function gridPositions(): Float32Array {
  const positions = new Float32Array(2 * rowCount);
  for (let row = 0; row < rowCount; row++) {
    positions[2 * row] = row === rowWithoutPlace ? Number.NaN : row % columns;
    positions[2 * row + 1] = row === rowWithoutPlace ? Number.NaN : Math.floor(row / columns);
  }
  return positions;
}

function turned(positions: Float32Array): Float32Array {
  return positions.map((_, index) =>
    index % 2 === 0 ? (positions[index + 1] ?? 0) : -(positions[index - 1] ?? 0),
  );
}

function coloursOfRows(): Uint8Array {
  const colours = new Uint8Array(4 * rowCount);
  for (let row = 0; row < rowCount; row++)
    colours.set([...parseHex(categoryColour(row % 10, false)), 255], 4 * row);
  return colours;
}

let root: Root | null = null;
let host: HTMLElement | null = null;

afterEach(() => {
  vi.restoreAllMocks();
  root?.unmount();
  host?.remove();
  root = null;
});

function show(changes: Partial<PointMapProps> = {}) {
  host = document.createElement('div');
  host.style.cssText = 'position:fixed;left:20px;top:10px;width:600px;height:320px';
  document.body.append(host);
  const mounted = createRoot(host);
  root = mounted;
  const ref = createRef<PointMapHandle>();
  const positions = gridPositions();
  let props: PointMapProps = {
    label: 'Points',
    panes: [
      { key: 'one', positions },
      { key: 'two', positions: turned(positions) },
    ],
    rowCount,
    colours: coloursOfRows(),
    pinned: [],
    ringed: [],
    hover: createHoverChannel(),
    theme,
    transitionMs: 0,
    onPick: () => {},
    ref,
    ...changes,
  };
  const update = (more: Partial<PointMapProps>): void => {
    props = { ...props, ...more };
    mounted.render(createElement(PointMap, props));
  };
  update({});
  const map = (): PointMapHandle => {
    if (ref.current === null) throw new Error('The map is not there.');
    return ref.current;
  };
  return { host, map, update, props: () => props };
}

type Shown = ReturnType<typeof show>;

/** The colour drawn at a place of a pane, in CSS pixels of that pane. */
function colourAt({ map }: Shown, paneKey: string, x: number, y: number): number[] | null {
  const picture = map().takePicture();
  const rect = map().paneRect(paneKey);
  if (picture === null || rect === null) return null;
  const ratio = picture.width / 600;
  const pixel = picture
    .getContext('2d')
    ?.getImageData(Math.floor((rect.x + x) * ratio), Math.floor((rect.y + y) * ratio), 1, 1).data;
  return pixel === undefined ? null : [...pixel.slice(0, 3)];
}

function colourOfRow(shown: Shown, paneKey: string, row: number): number[] | null {
  const place = shown.map().locateRow(paneKey, row);
  return place === null ? null : colourAt(shown, paneKey, place.x, place.y);
}

async function drawn(shown: Shown, paneKey = 'one'): Promise<void> {
  await expect
    .poll(() => colourOfRow(shown, paneKey, 0), { timeout: 10_000 })
    .toEqual([...parseHex(categoryColour(0, false))]);
}

function canvasOf({ host }: Shown): HTMLCanvasElement {
  const canvas = host.querySelector('canvas');
  if (canvas === null) throw new Error('There is no canvas.');
  return canvas;
}

function sendPointer(
  shown: Shown,
  kind: string,
  paneKey: string,
  x: number,
  y: number,
  keys: PointerEventInit = {},
): void {
  const rect = shown.map().paneRect(paneKey) ?? { x: 0, y: 0 };
  const init = {
    clientX: 20 + rect.x + x,
    clientY: 10 + rect.y + y,
    bubbles: true,
    pointerType: 'mouse',
    detail: 1,
    ...keys,
  };
  canvasOf(shown).dispatchEvent(kind === 'click' ? new MouseEvent(kind, init) : new PointerEvent(kind, init));
}

/** Both ways to draw points; this machine would take only one of them. */
const kinds: readonly RendererKind[] = ['card', 'processor'];

describe('PointMap', () => {
  it.each(kinds)(
    'the %s draws every row in its colour where its viewport says, in every pane',
    async (drawnBy) => {
      const shown = show({ drawnBy });
      await drawn(shown);
      for (const pane of ['one', 'two']) {
        for (let row = 0; row < rowCount; row++) {
          const place = shown.map().locateRow(pane, row);
          if (row === rowWithoutPlace) {
            expect(place).toBeNull();
            continue;
          }
          expect(colourOfRow(shown, pane, row), `row ${row} of ${pane}`).toEqual([
            ...parseHex(categoryColour(row % 10, false)),
          ]);
        }
      }
      const origin = shown.map().project('one', { x: 0.5, y: 0.5 });
      expect(colourAt(shown, 'one', origin?.x ?? 0, origin?.y ?? 0)).toEqual([255, 255, 255]);
    },
  );

  it('lays panes side by side, y up, within what the floating cards leave free', async () => {
    const shown = show({ padding: { left: 90, top: 30, right: 50, bottom: 0 } });
    await drawn(shown);
    expect(shown.map().paneRect('one')).toEqual({ x: 0, y: 0, width: 300, height: 320 });
    expect(shown.map().paneRect('two')).toEqual({ x: 300, y: 0, width: 300, height: 320 });
    for (let row = 0; row < rowCount; row++) {
      const one = shown.map().locateRow('one', row);
      const two = shown.map().locateRow('two', row);
      if (one === null || two === null) continue;
      expect(one.x).toBeGreaterThanOrEqual(90);
      expect(one.y).toBeGreaterThanOrEqual(30);
      expect(two.x).toBeLessThanOrEqual(250);
      expect(two.x).toBeGreaterThanOrEqual(0);
    }
    const low = shown.map().locateRow('one', 0);
    const high = shown.map().locateRow('one', columns);
    expect(high?.y).toBeLessThan(low?.y ?? 0);
    expect(shown.map().unproject('one', low ?? { x: 0, y: 0 })?.x).toBeCloseTo(0, 4);
  });

  it('rings the nearest row in every pane on hover, and nothing beyond 8 pixels', async () => {
    const hover = createHoverChannel();
    const shown = show({
      hover,
      renderTooltip: (row) => createElement('p', { className: 'card' }, `row ${row}`),
    });
    await drawn(shown);
    const place = shown.map().locateRow('two', 17) ?? { x: 0, y: 0 };
    sendPointer(shown, 'pointermove', 'two', place.x + 4, place.y - 4);
    expect(hover.get()).toBe(17);
    for (const pane of ['one', 'two']) {
      const ring = shown.host.querySelector(`[data-pane=${pane}] [data-mark=hover]`);
      const there = shown.map().locateRow(pane, 17);
      expect(ring?.getAttribute('data-row')).toBe('17');
      expect(ring?.getAttribute('transform')).toBe(
        `translate(${there?.x.toFixed(2)} ${there?.y.toFixed(2)})`,
      );
    }
    await expect.poll(() => shown.host.querySelector('.card')?.textContent).toBe('row 17');
    const card = shown.host.querySelector('[role=tooltip]')?.getBoundingClientRect();
    const x = 320 + place.x;
    const y = 10 + place.y;
    const covers =
      card !== undefined && x >= card.left && x <= card.right && y >= card.top && y <= card.bottom;
    expect(covers).toBe(false);
    sendPointer(shown, 'pointermove', 'two', place.x + 7, place.y - 7);
    expect(hover.get()).toBeNull();
    expect(shown.host.querySelector('[data-mark=hover]')).toBeNull();
  });

  it('rings a row that is hovered elsewhere, and shows pins, neighbours and links by row', async () => {
    const hover = createHoverChannel();
    const shown = show({ hover, pinned: [4], ringed: [5, 6] });
    shown.update({
      panes: shown
        .props()
        .panes.map((pane) => (pane.key === 'one' ? { ...pane, links: [{ from: 4, to: 6 }] } : pane)),
    });
    await drawn(shown);
    hover.set(9);
    const rowsOf = (kind: string, pane: string) =>
      [...shown.host.querySelectorAll(`[data-pane=${pane}] [data-mark=${kind}]`)].map((mark) =>
        mark.getAttribute('data-row'),
      );
    expect([rowsOf('hover', 'one'), rowsOf('pin', 'one'), rowsOf('ring', 'two')]).toEqual([
      ['9'],
      ['4'],
      ['5', '6'],
    ]);
    const link = shown.host.querySelector('[data-pane=one] [data-mark=link]');
    const end = shown.map().locateRow('one', 6);
    expect(Number(link?.getAttribute('x2'))).toBeCloseTo(end?.x ?? Number.NaN, 1);
    expect(shown.host.querySelector('[data-pane=two] [data-mark=link]')).toBeNull();
  });

  it('picks the row that is clicked and none on the ground, but not after a drag', async () => {
    const picked: (number | null)[] = [];
    const shown = show({ onPick: (row) => picked.push(row) });
    await drawn(shown);
    const place = shown.map().locateRow('one', 8) ?? { x: 0, y: 0 };
    for (const [from, to] of [
      [0, 0],
      [20, 0],
      [20, 20],
    ] as const) {
      sendPointer(shown, 'pointerdown', 'one', place.x + from, place.y);
      sendPointer(shown, 'pointerup', 'one', place.x + to, place.y);
      sendPointer(shown, 'click', 'one', place.x + to, place.y);
    }
    expect(picked).toEqual([8, null]);
  });

  it.each(kinds)('the %s leaves out rows of alpha 0 and greys dimmed ones', async (drawnBy) => {
    const colours = coloursOfRows();
    colours[4 * 7 + 3] = 0;
    const shown = show({
      drawnBy,
      colours,
      dims: Uint8Array.from({ length: rowCount }, (_, row) => (row === 8 ? 1 : 0)),
    });
    await drawn(shown);
    expect(colourOfRow(shown, 'one', 7)).toEqual([255, 255, 255]);
    expect(colourOfRow(shown, 'one', 8)).toEqual([...parseHex(theme.context)]);
    expect(colourOfRow(shown, 'one', 9)).toEqual([...parseHex(categoryColour(9, false))]);
  });

  it('hands over the rows inside a lasso or a box, hidden ones left out; Escape gives it up, a click stays a click', async () => {
    const onSelect = vi.fn<(rows: number[], wish: AreaWish) => void>();
    const onPick = vi.fn();
    const shown = show({
      panes: [{ key: 'one', positions: gridPositions() }],
      onSelect,
      onPick,
      dims: Uint8Array.from({ length: rowCount }, (_, row) => (row === 8 ? hidden : row === 7 ? grey : 0)),
    });
    await drawn(shown);
    const near = (row: number, dx: number, dy: number) => {
      const place = shown.map().locateRow('one', row) ?? { x: 0, y: 0 };
      return { x: place.x + dx, y: place.y + dy };
    };
    const drag = (path: { x: number; y: number }[], keys: PointerEventInit, end = true) => {
      const [first = { x: 0, y: 0 }, ...rest] = path;
      const last = rest.at(-1) ?? first;
      sendPointer(shown, 'pointerdown', 'one', first.x, first.y, keys);
      for (const { x, y } of rest) sendPointer(shown, 'pointermove', 'one', x, y, { ...keys, buttons: 1 });
      if (end) sendPointer(shown, 'pointerup', 'one', last.x, last.y, keys);
      if (end) sendPointer(shown, 'click', 'one', last.x, last.y, keys);
    };
    // Rows 6 to 9 stand side by side in the second line of the grid.
    const round = [near(6, -8, -8), near(9, 8, -8), near(9, 8, 8), near(6, -8, 8)];
    const before = shown.map().locateRow('one', 0);
    drag(round, { shiftKey: true });
    expect(onSelect.mock.calls).toEqual([[[6, 7, 9], null]]);
    drag(round, { shiftKey: true, altKey: true });
    expect(onSelect.mock.lastCall).toEqual([[6, 7, 9], 'subtract']);
    shown.update({ tool: 'box' });
    await expect.poll(() => shown.host.querySelector('[data-tool="box"]')).not.toBeNull();
    drag([near(9, 8, 8), near(6, -8, -8)], { shiftKey: true });
    expect(onSelect.mock.lastCall).toEqual([[6, 7, 9], 'add']);
    // A label above the map may keep the end of the drag to itself.
    const label = document.createElement('button');
    label.addEventListener('pointerup', (event) => event.stopPropagation());
    shown.host.append(label);
    drag([near(9, 8, 8), near(6, -8, -8)], {}, false);
    label.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    expect(onSelect.mock.lastCall).toEqual([[6, 7, 9], null]);
    drag([near(9, 8, 8), near(6, -8, -8)], {}, false);
    expect(shown.host.querySelector('[data-mark="area"]')?.getAttribute('d')).toMatch(/^M/);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(shown.host.querySelector('[data-mark="area"]')).toBeNull();
    sendPointer(shown, 'pointerup', 'one', 0, 0);
    expect(onSelect).toHaveBeenCalledTimes(4);
    expect(onPick).not.toHaveBeenCalled();
    expect(shown.map().locateRow('one', 0)).toEqual(before);
    drag([near(9, 0, 0)], {});
    expect(onPick.mock.calls).toEqual([[9, false]]);
    drag([near(8, 0, 0)], {});
    expect(onPick.mock.lastCall).toEqual([null, false]);
    drag([near(9, 0, 0)], { shiftKey: true });
    expect(onPick.mock.lastCall).toEqual([9, true]);
  });

  it('shows some rows as large as fits', async () => {
    const shown = show({ panes: [{ key: 'one', positions: gridPositions() }] });
    await drawn(shown);
    shown.map().fitRows([14, 15, rowWithoutPlace]);
    const [left, right] = [14, 15].map((row) => shown.map().locateRow('one', row) ?? { x: 0, y: 0 });
    expect([left?.x, right?.x].map((x) => Math.round(x ?? 0))).toEqual([48, 552]);
    expect(left?.y).toBeCloseTo(160, 3);
  });

  it.each(kinds)(
    'stands at its places at once, moves smoothly to new ones, and is drawn there by the %s',
    async (drawnBy) => {
      const shown = show({ drawnBy, transitionMs: 300 });
      const { panes } = shown.props();
      await drawn(shown);
      const before = shown.map().locateRow('one', 2);
      await new Promise((done) => setTimeout(done, 100));
      expect(shown.map().locateRow('one', 2)).toEqual(before);
      const moved = (panes[0]?.positions ?? new Float32Array(0)).map((value, index) =>
        index === 4 ? 4 : index === 5 ? 3.5 : value,
      );
      const heightOf = () =>
        shown.map().unproject('one', shown.map().locateRow('one', 2) ?? { x: 0, y: 0 })?.y ?? Number.NaN;
      const seen: number[] = [];
      const stop = shown.map().subscribeCamera(() => seen.push(heightOf()));
      shown.update({ panes: [{ key: 'one', positions: moved }] });
      await expect.poll(heightOf, { timeout: 3000 }).toBeCloseTo(3.5, 3);
      stop();
      expect(seen[0]).toBeLessThan(0.5);
      expect(seen.filter((height) => height > 0.05 && height < 3.45)).not.toEqual([]);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(colourOfRow(shown, 'one', 2)).toEqual([...parseHex(categoryColour(2, false))]);
    },
  );

  it('panes that share coordinates fit alike again when the map changes its height', async () => {
    const positions = gridPositions();
    const panes = [
      { key: 'one', positions },
      { key: 'two', positions: positions.slice() },
    ];
    const shown = show({ cameraLink: 'rows', panes, padding: { left: 16, top: 40, right: 60, bottom: 16 } });
    await drawn(shown);
    const spread = (pane: string) => {
      const [a, b] = [shown.map().locateRow(pane, 0), shown.map().locateRow(pane, 24)];
      return Math.round(Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0)));
    };
    const before = spread('two');
    shown.host.style.height = '180px';
    await expect.poll(() => spread('two')).toBeLessThan(before);
    expect(spread('one')).toBe(spread('two'));
  });

  it('zooms at the pointer with the wheel, by keyboard and back to everything', async () => {
    const shown = show({ cameraLink: 'viewport' });
    await drawn(shown);
    const locate = (pane: string, row: number) =>
      shown.map().locateRow(pane, row) ?? { x: Number.NaN, y: Number.NaN };
    const start = [locate('one', 8), locate('one', 9), locate('two', 9)];
    const width = (start[1]?.x ?? 0) - (start[0]?.x ?? 0);
    const place = start[0] ?? { x: 0, y: 0 };
    canvasOf(shown).dispatchEvent(
      new WheelEvent('wheel', {
        deltaY: -200,
        clientX: 20 + place.x,
        clientY: 10 + place.y,
        bubbles: true,
        cancelable: true,
      }),
    );
    await expect.poll(() => locate('one', 9).x - locate('one', 8).x).toBeGreaterThan(width * 1.1);
    // Wheel events come at whole pixels.
    expect(Math.abs(locate('one', 8).x - place.x)).toBeLessThan(1);
    expect(Math.abs(locate('one', 8).y - place.y)).toBeLessThan(1);
    expect(locate('two', 9).x).not.toBeCloseTo(start[2]?.x ?? 0, 1);
    const region = shown.host.querySelector<HTMLElement>('[role=group]');
    region?.focus();
    expect(document.activeElement).toBe(region);
    const press = (key: string) =>
      region?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const wide = locate('one', 9).x - locate('one', 8).x;
    press('+');
    expect(locate('one', 9).x - locate('one', 8).x).toBeCloseTo(wide * 2, 3);
    press('-');
    expect(locate('one', 9).x - locate('one', 8).x).toBeCloseTo(wide, 3);
    press('0');
    expect(locate('one', 8).x).toBeCloseTo(place.x, 3);
    expect(locate('one', 8).y).toBeCloseTo(place.y, 3);
  });

  it('puts the attributes it is given on a wrapper of the pane', async () => {
    const shown = show({ paneAttributes: { two: { 'data-run': 'model-b', 'data-points': '29' } } });
    await drawn(shown);
    const pane = shown.host.querySelector<HTMLElement>('[data-run="model-b"]');
    expect([pane?.dataset.pane, pane?.dataset.points, pane?.getBoundingClientRect().left]).toEqual([
      'two',
      '29',
      320,
    ]);
  });

  it.each(kinds)(
    'has fewer pixels where the card draws no more, says so, and the %s draws every row where it is said to be',
    async (drawnBy) => {
      const card = document.createElement('canvas').getContext('webgl2')!;
      const most = Math.min(
        card.getParameter(card.MAX_TEXTURE_SIZE) as number,
        ...(card.getParameter(card.MAX_VIEWPORT_DIMS) as Int32Array),
      );
      card.getExtension('WEBGL_lose_context')?.loseContext();
      const onLimited = vi.fn();
      const shown = show({ drawnBy, panes: [{ key: 'one', positions: gridPositions() }], onLimited });
      await drawn(shown);
      expect(onLimited).not.toHaveBeenCalled();
      shown.host.style.width = `${most + 2000}px`;
      await expect.poll(() => onLimited.mock.calls).toEqual([[most]]);
      const middleOf = (): number[][] => {
        const picture = shown.map().takePicture();
        if (picture === null) return [];
        const ratio = picture.width / (most + 2000);
        return [0, 17, 29].map((row) => {
          const { x, y } = shown.map().locateRow('one', row)!;
          return [
            ...picture.getContext('2d')!.getImageData(Math.floor(x * ratio), Math.floor(y * ratio), 1, 1)
              .data,
          ].slice(0, 3);
        });
      };
      await expect
        .poll(middleOf)
        .toEqual([0, 17, 29].map((row) => [...parseHex(categoryColour(row % 10, false))]));
      expect(canvasOf(shown).width).toBeLessThanOrEqual(most);
      shown.host.style.width = '600px';
      await expect.poll(() => onLimited.mock.calls.at(-1)).toEqual([null]);
      await drawn(shown);
    },
  );

  it.each(kinds)(
    'says so when the context is lost, and the %s draws again when it comes back',
    async (drawnBy) => {
      const onContextLost = vi.fn();
      const shown = show({ drawnBy, onContextLost });
      await drawn(shown);
      const canvas = canvasOf(shown);
      const extension = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      extension?.loseContext();
      await expect.poll(() => onContextLost.mock.calls.length).toBe(1);
      extension?.restoreContext();
      await expect.poll(() => canvasOf(shown) !== canvas).toBe(true);
      await drawn(shown);
      expect(colourOfRow(shown, 'two', 22)).toEqual([...parseHex(categoryColour(2, false))]);
    },
  );

  it('says so when there is no WebGL', async () => {
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    const onUnavailable = vi.fn();
    const shown = show({ onUnavailable });
    await expect.poll(() => onUnavailable.mock.calls.length).toBe(1);
    expect(onUnavailable.mock.calls[0]?.[0]).toMatch(/WebGL/);
    expect(shown.host.querySelector('canvas')).toBeNull();
  });
});
