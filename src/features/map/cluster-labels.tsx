import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, memo, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { resolutionRange } from '@/core/clustering/find-clusters';
import { countOf } from '@/core/count-of';
import type { RunRecord } from '@/core/embedding/run';
import type { Rect } from '@/gl/camera';
import type { PointMapHandle } from '@/gl/point-map';
import { groupColour } from '@/gl/row-colours';
import { clusterNames, clustersQuery } from '@/queries/clusters';
import type { ShownClusters } from '@/queries/use-clusters';
import { selectRows } from '@/state/selection';
import { viewStore } from '@/state/view';
import { arrangeLabels, type MapLabel, type NamedGroups, type Projection } from './arrange-labels';
import classes from './cluster-labels.module.css';
import { passToMap } from './pass-to-map';
import type { MapColouring } from './use-map-colours';

interface Props {
  map: RefObject<PointMapHandle | null>;
  paneKey: string;
  run: RunRecord;
  shown: ShownClusters;
  /** rowCount × 2, as drawn. */
  positions: Float32Array;
  /** What colours, filters and dims the rows. */
  colouring: MapColouring;
  isDark: boolean;
}

const settleMs = 140;
/** Parts of clusters are those at so many times the resolution. */
const finer = 4;
const mostCharacters = 34;
/** What stands between the keywords of a name. */
const keywordMark = ' · ';
const pinRadiusPx = 12;
const fonts = {
  cluster: '600 14px Inter, "Inter Variable", sans-serif',
  part: '450 11px Inter, "Inter Variable", sans-serif',
};

/** Names of clusters where most of their points are; of their parts too once the map is zoomed in. A click selects. */
export const ClusterLabels = memo(function ClusterLabels(props: Props) {
  const { map, paneKey, run, shown, positions, colouring, isDark } = props;
  const { dims, own, filter } = colouring;
  const { hidden } = filter;
  const colourGroups = colouring.colouring.kind === 'groups' ? colouring.colouring.groups : null;
  const isByCluster = colouring.colouring.kind === 'groups' && colouring.colouring.unit === 'cluster';
  const root = useRef<HTMLDivElement>(null);
  const { clusters, names } = shown;
  const [placed, setPlaced] = useState<readonly MapLabel[]>([]);
  const [isZoomed, setZoomed] = useState(false);
  /** The label that Tab comes to. */
  const [reached, setReached] = useState('');
  const given = useStore(viewStore, ({ view }) => view.clusterNames);
  const partResolution = Math.min(resolutionRange.max, shown.resolution * finer);
  const partClusters = useQuery({
    ...clustersQuery(run, partResolution),
    enabled: isZoomed && clusters !== null,
  }).data;
  const groups = useMemo<NamedGroups | null>(
    () => (clusters === null ? null : { groupOf: clusters.clusterOf, names, sizes: clusters.sizes }),
    [clusters, names],
  );
  const parts = useMemo<NamedGroups | null>(
    () =>
      partClusters === undefined || partResolution <= shown.resolution
        ? null
        : {
            groupOf: partClusters.clusterOf,
            names: clusterNames(partClusters, given),
            sizes: partClusters.sizes,
          },
    [partClusters, partResolution, shown.resolution, given],
  );

  const lit = useMemo(
    () => (clusters === null ? null : litGroups(clusters.clusterOf, dims)),
    [clusters, dims],
  );

  /** Has the labels make way for what has changed, once it stands still. */
  const arrangeSoon = useRef(() => {});
  useEffect(() => {
    const handle = map.current;
    const pane = root.current?.closest<HTMLElement>('[data-pane]');
    if (handle === null || pane === null || pane === undefined || groups === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arrange = () => {
      const projection = projectionOf(handle, paneKey);
      const rect = handle.paneRect(paneKey);
      if (projection === null || rect === null) return;
      const { pinned } = viewStore.getState().view;
      const pinAt = pinned === null ? null : handle.locateRow(paneKey, pinned);
      const arranged = arrangeLabels({
        positions,
        isHidden: (row) => colourGroups !== null && hidden.has(colourGroups.groupOf[row]!),
        projection,
        size: rect,
        obstacles: [
          ...floatingCards(pane),
          ...(pinAt === null
            ? []
            : [
                {
                  x: pinAt.x - pinRadiusPx,
                  y: pinAt.y - pinRadiusPx,
                  width: 2 * pinRadiusPx,
                  height: 2 * pinRadiusPx,
                },
              ]),
        ],
        clusters: groups,
        parts,
        widthOf: measureName,
      });
      setPlaced(arranged.labels);
      setZoomed(arranged.isZoomed);
    };
    const follow = () => {
      const projection = projectionOf(handle, paneKey);
      if (projection !== null && root.current !== null) moveLabels(root.current, projection);
      arrangeSoon.current();
    };
    arrangeSoon.current = () => {
      clearTimeout(timer);
      timer = setTimeout(arrange, settleMs);
    };
    // In a task of its own: this one has just rendered the page.
    const first = setTimeout(arrange);
    arrangeSoon.current();
    const unsubscribe = handle.subscribeCamera(follow);
    const observer = new ResizeObserver(follow);
    observer.observe(pane);
    return () => {
      arrangeSoon.current = () => {};
      clearTimeout(first);
      clearTimeout(timer);
      unsubscribe();
      observer.disconnect();
    };
  }, [map, paneKey, groups, parts, positions, colourGroups, hidden]);

  useEffect(
    () =>
      viewStore.subscribe(({ view: { pinned } }, { view: before }) => {
        if (pinned !== before.pinned) arrangeSoon.current();
      }),
    [],
  );

  useEffect(() => {
    const projection = map.current === null ? null : projectionOf(map.current, paneKey);
    if (projection !== null && root.current !== null && placed.length > 0)
      moveLabels(root.current, projection);
  }, [placed, map, paneKey]);

  const named = placed.filter(
    ({ kind, group }) => (kind === 'cluster' ? groups : parts)?.names[group] !== undefined,
  );
  const stop = named.find((label) => labelKey(label) === reached) ?? named[0];
  useEffect(() => (root.current === null ? undefined : passToMap(root.current)), []);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset holds form fields
    <div
      ref={root}
      className={classes.layer}
      role="group"
      aria-label="Clusters on the map: arrow keys go from one to the next, Enter selects"
      onKeyDown={walkLabels}
    >
      {named.map((label) => {
        const from = label.kind === 'cluster' ? groups : parts;
        const name = from?.names[label.group];
        if (from === null || name === undefined) return null;
        const isGrey = lit !== null && label.kind === 'cluster' && !lit.has(label.group);
        const colour =
          isByCluster && label.kind === 'cluster' && !isGrey ? groupColour(label.group, isDark, own) : null;
        return (
          <button
            key={labelKey(label)}
            type="button"
            tabIndex={label === stop ? 0 : -1}
            onFocus={() => setReached(labelKey(label))}
            dir="auto"
            className={classes[label.kind]}
            data-grey={isGrey || undefined}
            data-x={label.anchor.x}
            data-y={label.anchor.y}
            data-shift-x={label.shiftX}
            data-shift-y={label.shiftY}
            style={{
              minWidth: label.width,
              ...(colour === null ? {} : { color: `color-mix(in srgb, ${colour} 58%, var(--label-ink))` }),
            }}
            title={name}
            aria-label={`Select ${name}, ${countOf(from.sizes[label.group] ?? 0, 'row')}`}
            onClick={(event) => {
              event.stopPropagation();
              const mode = event.shiftKey ? 'add' : event.altKey ? 'subtract' : 'replace';
              selectRows(rowsOf(from.groupOf, label.group), mode, 'Select cluster');
            }}
          >
            {shorten(name)}
          </button>
        );
      })}
    </div>
  );
});

function labelKey({ kind, group }: MapLabel): string {
  return `${kind} ${group}`;
}

/** Arrow keys go through the labels, the largest first, instead of moving the map. */
function walkLabels(event: KeyboardEvent<HTMLElement>): void {
  const labels = [...event.currentTarget.querySelectorAll('button')];
  const at = labels.indexOf(event.target as HTMLButtonElement);
  const wanted: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: labels.length - 1,
  };
  const next = wanted[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  labels[(next + labels.length) % labels.length]!.focus({ preventScroll: true });
}

/** Groups with a row in full colour; null where all rows are. */
function litGroups(groupOf: Int32Array, dims: Uint8Array | null): ReadonlySet<number> | null {
  if (dims === null) return null;
  const lit = new Set<number>();
  groupOf.forEach((group, row) => {
    if (dims[row] === 0) lit.add(group);
  });
  return lit;
}

function rowsOf(groupOf: Int32Array, group: number): number[] {
  const rows: number[] = [];
  groupOf.forEach((other, row) => {
    if (other === group) rows.push(row);
  });
  return rows;
}

function projectionOf(map: PointMapHandle, paneKey: string): Projection | null {
  const origin = map.project(paneKey, { x: 0, y: 0 });
  const one = map.project(paneKey, { x: 1, y: 1 });
  if (origin === null || one === null) return null;
  return { originX: origin.x, originY: origin.y, scaleX: one.x - origin.x, scaleY: one.y - origin.y };
}

/** Moves labels by hand: the camera moves too often for React. */
function moveLabels(root: HTMLElement, { originX, originY, scaleX, scaleY }: Projection): void {
  for (const label of root.children) {
    if (!(label instanceof HTMLElement)) continue;
    const { x, y, shiftX, shiftY } = label.dataset;
    const left = originX + scaleX * Number(x) + Number(shiftX);
    const top = originY + scaleY * Number(y) + Number(shiftY);
    label.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px) translate(-50%, -50%)`;
  }
}

/** What floats above the map: the cards beside it in its stage, in pixels of the pane. */
function floatingCards(pane: HTMLElement): Rect[] {
  const map = pane.parentElement;
  const stage = map?.parentElement;
  if (map === null || map === undefined || stage === null || stage === undefined) return [];
  const within = pane.getBoundingClientRect();
  return [...stage.children]
    .filter((element) => element !== map)
    .map((element) => element.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0)
    .map(({ x, y, width, height }) => ({ x: x - within.x, y: y - within.y, width, height }));
}

/** As many of its keywords as there is room for, or as many characters. */
function shorten(name: string): string {
  const characters = Array.from(name);
  const end = characters
    .slice(0, mostCharacters + keywordMark.length)
    .join('')
    .lastIndexOf(keywordMark);
  if (characters.length > mostCharacters && end > 0) return name.slice(0, end);
  return characters.length <= mostCharacters ? name : `${characters.slice(0, mostCharacters - 1).join('')}…`;
}

const widths = new Map<string, number>();
let gauge: CanvasRenderingContext2D | null = null;

function measureName(name: string, kind: MapLabel['kind']): number {
  const key = `${kind} ${name}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  gauge ??= document.createElement('canvas').getContext('2d');
  const words = shorten(name);
  if (gauge !== null) gauge.font = fonts[kind];
  const width = Math.ceil(gauge === null ? words.length * 8 : gauge.measureText(words).width) + 8;
  widths.set(key, width);
  return width;
}
