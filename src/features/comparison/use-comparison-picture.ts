import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect } from 'react';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import type { Shape } from '@/core/export/drawing';
import type { PictureContent } from '@/core/export/frame-picture';
import { mapTheme } from '@/gl/map-theme';
import { inPieces } from '@/queries/in-pieces';
import { offerPicture } from '@/state/picture';
import { type DrawnElement, drawElement } from '@/ui/draw-element';
import { shownMaps } from './shown-maps';

/** Points in a file of shapes at most, over all maps. */
const mostShapes = 50_000;
const gapPx = 16;
/** How many times larger than on the screen the maps are drawn at most. */
const mostLarger = 1.5;

interface Props {
  /** What Compare shows. */
  view: RefObject<HTMLElement | null>;
  dataset: Dataset;
  runs: readonly RunRecord[];
}

/** Offers what Compare shows as a picture: the answer, its tables, and the maps with their headings. */
export function useComparisonPicture({ view, dataset, runs }: Props): void {
  const isDark = useComputedColorScheme('light') === 'dark';
  const names = runs.length;
  useEffect(
    () =>
      offerPicture({
        note: `answer, tables and maps of ${countOf(names, 'run')}`,
        runId: null,
        hasShapes: dataset.rowCount * names <= mostShapes,
        draw: () => drawScreen(view.current, dataset, isDark),
      }),
    [view, dataset, names, isDark],
  );
}

/** What is on the screen now. Throws where nothing is compared yet. */
async function drawScreen(
  view: HTMLElement | null,
  dataset: Dataset,
  isDark: boolean,
): Promise<PictureContent> {
  const headline = view?.querySelector('h2')?.textContent ?? '';
  const answer = view?.querySelector('h2')?.nextElementSibling?.textContent ?? '';
  const tables = [...(view?.querySelectorAll('[data-panel] table') ?? [])].map(drawElement);
  if (view === null || headline === '' || tables.length === 0)
    throw new Error('The runs are not compared yet.');
  const basis = [...view.querySelectorAll('[data-panel] h3')]
    .map((heading) => seenText(drawElement(heading).shapes))
    .filter((text) => text !== '');
  const theme = mapTheme(isDark);
  const maps = await drawMaps(view);
  const tablesWidth = Math.max(...tables.map(({ width }) => width));
  // Tables may be wider than their place on the screen; the maps grow with them.
  const scale = maps.length === 0 ? 1 : Math.max(1, Math.min(mostLarger, tablesWidth / maps[0]!.width));
  const parts = [...tables, ...maps.map((part) => enlarge(part, scale))];
  let y = 0;
  const shapes = parts.map((part): Shape => {
    const group: Shape = { kind: 'group', x: 0, y, shapes: part.shapes };
    y += part.height + gapPx;
    return group;
  });
  return {
    width: Math.max(...parts.map(({ width }) => width)),
    height: y,
    shapes,
    title: headline,
    captions: [
      answer,
      `${dataset.name}: ${countOf(dataset.rowCount, 'row')}. ${basis.join('. ')}. Compare neighbours, not places: no number comes from a map.`,
    ],
    legends: [],
    colours: { ground: theme.canvas, text: theme.text, quiet: theme.line },
  };
}

/** The maps side by side as they stand, with their headings, and what their colours mean. */
async function drawMaps(view: HTMLElement): Promise<DrawnElement[]> {
  const panes = [...view.querySelectorAll<HTMLElement>('[data-pane]')];
  const stage = panes[0]?.parentElement;
  if (stage == null || shownMaps.current === null) return [];
  const within = stage.getBoundingClientRect();
  const parts = panes.map(async (pane): Promise<Shape[]> => {
    const rect = pane.getBoundingClientRect();
    const heading = pane.querySelector('h3')?.parentElement;
    const x = rect.x - within.x;
    const y = rect.y - within.y;
    const drawn = heading == null ? null : drawElement(heading);
    const box = heading?.getBoundingClientRect();
    const work = shownMaps.current?.drawShapes(pane.dataset.pane ?? '') ?? null;
    const points = work === null ? [] : await inPieces(work);
    return [
      { kind: 'group', x, y, clip: { x: 0, y: 0, width: rect.width, height: rect.height }, shapes: points },
      ...(drawn === null || box === undefined
        ? []
        : [{ kind: 'group', x: box.x - within.x, y: box.y - within.y, shapes: drawn.shapes } as const]),
    ];
  });
  const legend = stage.parentElement?.nextElementSibling;
  const legends = legend == null || legend.tagName === 'P' ? [] : [drawElement(legend)];
  const shapes = (await Promise.all(parts)).flat();
  return [{ width: within.width, height: within.height, shapes }, ...legends];
}

function enlarge({ width, height, shapes }: DrawnElement, scale: number): DrawnElement {
  return {
    width: width * scale,
    height: height * scale,
    shapes: [{ kind: 'group', x: 0, y: 0, scale, shapes }],
  };
}

/** The words that can be seen, one after the other. */
function seenText(shapes: readonly Shape[]): string {
  return shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : [])).join(' ');
}
