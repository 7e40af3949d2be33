import { type RefObject, useEffect, useRef } from 'react';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import type { Shape } from '@/core/export/drawing';
import type { PictureContent, PictureLegend } from '@/core/export/frame-picture';
import { mapTheme } from '@/gl/map-theme';
import { categoryColourCount } from '@/gl/palettes';
import type { PointMapHandle } from '@/gl/point-map';
import { groupColour } from '@/gl/row-colours';
import { shareStops } from '@/gl/share-colours';
import { inPieces } from '@/queries/in-pieces';
import { offerPicture } from '@/state/picture';
import { colourOf } from '@/ui/draw-element';
import type { MapColouring } from './use-map-colours';

/** Points in a file of shapes at most: more make it too large for the programs that open it. */
const mostShapes = 50_000;

interface Props {
  map: RefObject<PointMapHandle | null>;
  run: RunRecord;
  title: string;
  dataset: Dataset;
  colours: MapColouring;
  /** What the screen says of the map: how it was made, of how many rows. */
  words: string;
  /** Rows that have no place on it. */
  missing: string;
  /** Lines of equal density, where they are drawn. */
  contours: readonly { readonly rings: readonly Float32Array[] }[] | undefined;
  selectedCount: number;
  isDark: boolean;
}

/** Offers the map as it is drawn as a picture, with its labels and what the colours mean. */
export function useMapPicture(props: Props): void {
  const latest = useRef(props);
  latest.current = props;
  const runId = props.run.id;
  const hasShapes = props.dataset.rowCount <= mostShapes;
  useEffect(
    () =>
      offerPicture({
        note: 'the map as drawn',
        runId,
        hasShapes,
        draw: () => drawScreen(latest.current),
      }),
    [runId, hasShapes],
  );
}

/** What is on the screen now. Throws where nothing is drawn yet. */
async function drawScreen(props: Props): Promise<PictureContent> {
  const { map, run, title, dataset, colours, words, missing, contours, isDark } = props;
  const handle = map.current;
  const rect = handle?.paneRect(run.id) ?? null;
  const drawn = handle?.drawShapes(run.id) ?? null;
  if (handle === null || rect === null || drawn === null) throw new Error('The map is not drawn yet.');
  const theme = mapTheme(isDark);
  const above = [
    ...contourShapes(contours ?? [], handle, run.id, theme.line),
    ...labelShapes(rect.width, theme.canvas),
  ];
  const points = await inPieces(drawn);
  return {
    width: rect.width,
    height: rect.height,
    shapes: points.concat(above),
    title,
    captions: [
      `${dataset.name}: ${words}${missing}`,
      [
        describeColours(props),
        'Near is alike; distances between groups, and how large a group looks, mean little.',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    ],
    legends: listLegends(colours, isDark),
    colours: { ground: theme.canvas, text: theme.text, quiet: theme.line },
  };
}

function contourShapes(
  lines: NonNullable<Props['contours']>,
  map: PointMapHandle,
  paneKey: string,
  stroke: string,
): Shape[] {
  return lines.map(({ rings }) => {
    let d = '';
    for (const ring of rings) {
      for (let i = 0; i + 1 < ring.length; i += 2) {
        const place = map.project(paneKey, { x: ring[i]!, y: ring[i + 1]! });
        if (place !== null) d += `${i === 0 ? 'M' : 'L'}${place.x.toFixed(1)} ${place.y.toFixed(1)}`;
      }
      d += 'Z';
    }
    return { kind: 'path', d, stroke, opacity: 0.5 };
  });
}

/** The names that stand on the map now, read from the page, which alone knows where they found room. */
function labelShapes(width: number, halo: string): Shape[] {
  const pane = document.querySelector('[data-pane]');
  if (pane === null) return [];
  const within = pane.getBoundingClientRect();
  return [...pane.querySelectorAll<HTMLElement>('[data-shift-x]')].flatMap((label): Shape[] => {
    const box = label.getBoundingClientRect();
    const style = getComputedStyle(label);
    const x = box.x + box.width / 2 - within.x;
    if (x < 0 || x > width) return [];
    return [
      {
        kind: 'text',
        x,
        y: box.y + box.height / 2 - within.y,
        text: label.textContent ?? '',
        fill: colourOf(style.color) ?? '#000000',
        size: Number.parseFloat(style.fontSize),
        weight: Number(style.fontWeight) >= 600 ? 600 : 500,
        anchor: 'middle',
        halo,
      },
    ];
  });
}

function describeColours({ colours, selectedCount, dataset }: Props): string {
  const { colouring, filter, lensRow, size } = colours;
  const parts: string[] = [];
  if (lensRow !== null) parts.push(`Colour: how alike each row is to row ${lensRow}.`);
  else if (colouring.kind === 'scale') parts.push(`Colour: ${colouring.title}. ${colouring.about}`);
  else if (colouring.kind === 'groups') parts.push(`Colour: ${colouring.title}.`);
  if (size !== null) parts.push(`Size: ${size.name}.`);
  if (selectedCount > 0)
    parts.push(
      `${selectedCount.toLocaleString('en')} of ${countOf(dataset.rowCount, 'row')} selected; the rest is grey.`,
    );
  if (filter.hiddenCount > 0) parts.push(`${countOf(filter.hiddenCount, 'row')} filtered out.`);
  return parts.join(' ');
}

/** The groups that have a colour of their own, the others as one, and those without a group; or the scale. */
function listLegends({ colouring, own, lensRow }: MapColouring, isDark: boolean): PictureLegend[] {
  if (lensRow !== null)
    return [
      {
        kind: 'scale',
        title: `Similarity to row ${lensRow}: share of all pairs that are less alike`,
        stops: shareStops(isDark).map((stop) => colourOf(stop) ?? stop),
        ticks: ['0', '100 %'],
      },
    ];
  if (colouring.kind === 'scale') {
    const { count, why } = colouring.without;
    return [
      {
        kind: 'scale',
        title: `${colouring.title}${count > 0 ? ` (${count.toLocaleString('en')} grey: ${why})` : ''}`,
        stops: shareStops(isDark).map((stop) => colourOf(stop) ?? stop),
        ticks: colouring.ends,
      },
    ];
  }
  if (colouring.kind !== 'groups') return [];
  const { names, counts, emptyCount } = colouring.groups;
  const entry = (name: string, count: number, group: number) => ({
    name: `${name} ${count.toLocaleString('en')}`,
    colour: groupColour(group, isDark, own),
  });
  const rest = counts.slice(categoryColourCount).reduce((sum, count) => sum + count, 0);
  return [
    {
      kind: 'groups',
      title: colouring.title,
      entries: [
        ...names.slice(0, categoryColourCount).map((name, group) => entry(name, counts[group]!, group)),
        ...(rest > 0 ? [entry(`${names.length - categoryColourCount} more`, rest, categoryColourCount)] : []),
        ...(emptyCount > 0 ? [entry(colouring.emptyName, emptyCount, -1)] : []),
      ],
    },
  ];
}
