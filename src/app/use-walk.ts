import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { textAt } from '@/core/dataset/text-column';
import { formatHundredths } from '@/core/similarity/format-similarity';
import { isSettled, neighboursOf, neighboursQuery } from '@/queries/neighbours';
import { useActiveRun, useDataset } from '@/queries/use-workspace';
import { hoverChannel } from '@/state/hover';
import { stepBack, stepTo } from '@/state/pins';
import { viewStore } from '@/state/view';
import { say } from '@/state/voice';
import { stepThroughList } from './step-through-list';

/**
 * Arrow keys walk the neighbours of the pinned row in the active run: down and up ring the next and the one before, right or
 * Enter pins it, left goes back the way one came. On a map they move the map again while Shift is held.
 */
export function useWalk(): void {
  const dataset = useDataset();
  const run = useActiveRun();
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const count = useStore(viewStore, ({ view }) => view.neighbourCount);
  const isReady = run !== null && isSettled(run) && pinned !== null;
  const { data } = useQuery({
    ...(run === null ? { queryKey: ['no run is walked'] } : neighboursQuery(run)),
    enabled: isReady,
  } as ReturnType<typeof neighboursQuery>);

  useEffect(() => {
    if (dataset === null || pinned === null || data === undefined) return;
    const list = neighboursOf(data, pinned, count);
    if (list === null) return;
    const rows = list.map(({ row }) => row);
    const walk = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !isWalkable(target)) return;
      const at = rows.indexOf(hoverChannel.get() ?? -1);
      if (key === 'ArrowLeft') stepBack();
      else if (key === 'ArrowRight' || (key === 'Enter' && !isButton(target))) {
        if (at < 0) return;
        stepTo(rows[at]!);
      } else if (key === 'ArrowDown' || key === 'ArrowUp') {
        if (!stepThroughList(target, key === 'ArrowDown')) {
          const next = key === 'ArrowDown' ? at + 1 : (at < 0 ? rows.length : at) - 1;
          const near = list[Math.max(0, Math.min(rows.length - 1, next))];
          if (near === undefined) return;
          hoverChannel.set(near.row);
          const place = rows.indexOf(near.row) + 1;
          say(
            `Neighbour ${place} of ${rows.length}, similarity ${formatHundredths(near.similarity)}, row ${near.row}: ${textAt(dataset.texts, near.row)}`,
          );
        }
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the map hears the key.
    window.addEventListener('keydown', walk, true);
    return () => window.removeEventListener('keydown', walk, true);
  }, [dataset, pinned, data, count]);
}

function isButton(target: EventTarget | null): boolean {
  return target instanceof HTMLButtonElement;
}

/** Whether arrow keys have no other meaning where the focus is: nowhere, on a map, or on a button of the inspector. */
function isWalkable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // A click on a map leaves the focus on what it is drawn on.
  const place = target instanceof HTMLCanvasElement ? target.closest('[role="group"]') : target;
  if (target === document.body || place?.querySelector(':scope > [data-pane]') != null) return true;
  return isButton(target) && target.closest('section[aria-label="Inspector"]') !== null;
}
