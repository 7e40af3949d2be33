import { type RefObject, useEffect, useRef } from 'react';
import type { RunRecord } from '@/core/embedding/run';
import { mapTheme } from '@/gl/map-theme';
import { categoryColourCount } from '@/gl/palettes';
import type { PointMapHandle } from '@/gl/point-map';
import { groupColour } from '@/gl/row-colours';
import { offerPicture } from '@/state/picture';
import { mapPicture, type PictureEntry } from './map-picture';
import type { MapColouring } from './use-map-colours';

interface Props {
  map: RefObject<PointMapHandle | null>;
  run: RunRecord;
  datasetName: string;
  title: string;
  colours: MapColouring;
  isDark: boolean;
}

/** Offers the map as it is drawn as a picture, with the names of its colours. */
export function useMapPicture(props: Props): void {
  const latest = useRef(props);
  latest.current = props;
  const runId = props.run.id;
  useEffect(
    () =>
      offerPicture({
        note: 'the map as drawn, twice its size',
        runId,
        png: async () => {
          const { map, title, datasetName, colours, isDark } = latest.current;
          const drawn = map.current?.takePicture() ?? null;
          if (drawn === null) throw new Error('The map is not drawn yet.');
          return mapPicture({
            drawn,
            widthPx: drawn.width / devicePixelRatio,
            title,
            caption: datasetName,
            entries: listEntries(colours, isDark),
            theme: mapTheme(isDark),
          });
        },
        svg: null,
      }),
    [runId],
  );
}

/** The groups that have a colour of their own, the others as one, and those without a group. */
function listEntries({ colouring, own }: MapColouring, isDark: boolean): PictureEntry[] {
  if (colouring.kind !== 'groups') return [];
  const { names, counts, emptyCount } = colouring.groups;
  const entry = (name: string, count: number, group: number) => ({
    name: `${name} ${count.toLocaleString('en')}`,
    colour: groupColour(group, isDark, own),
  });
  const rest = counts.slice(categoryColourCount).reduce((sum, count) => sum + count, 0);
  return [
    ...names.slice(0, categoryColourCount).map((name, group) => entry(name, counts[group]!, group)),
    ...(rest > 0 ? [entry(`${names.length - categoryColourCount} more`, rest, categoryColourCount)] : []),
    ...(emptyCount > 0 ? [entry(colouring.emptyName, emptyCount, -1)] : []),
  ];
}
