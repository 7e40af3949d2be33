import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import type { VectorHead } from '@/core/dataset/vectors/vector-column';
import { importVectors, openDataset, showPlaces } from '@/queries/datasets';
import { attachVectors, type TableHead } from '@/queries/read-table';
import { openSession, type SessionHead } from '@/queries/session';
import { dismissSubject, showNotice } from '@/state/notices';
import { undo, viewStore } from '@/state/view';
import type { ImportMode } from './use-import';

const subject = 'data replaced';
const shownMs = 30_000;

/** Takes steps back until the dataset is no longer the one on the screen. */
function undoDataset(id: string): void {
  dismissSubject(subject);
  for (;;) {
    const { view, undoable } = viewStore.getState();
    if (view.datasetId !== id || undoable.length === 0) return;
    undo();
  }
}

/** Shows what a session holds, and offers the way back. */
export async function bringSession(session: SessionHead, name: string): Promise<void> {
  try {
    await openSession(session);
  } catch (error) {
    showNotice({
      tone: 'error',
      subject: 'session not opened',
      headline: `The session of ${name} was not opened as a whole.`,
      text: `${(error as Error).message} What came over is kept; open the file again to go on.`,
    });
  }
}

/** Takes what came for the data on the screen: a ready map, runs of vectors, or both. */
export async function joinOnScreen(
  table: TableHead,
  dataset: Dataset,
  joined: Dataset | null,
  hasVectors: boolean,
): Promise<void> {
  try {
    if (joined !== null) await showPlaces(joined);
    if (!hasVectors) return;
    await attachVectors(table, dataset);
    await importVectors(dataset, table.vectors);
  } catch (error) {
    showNotice({
      tone: 'error',
      subject: 'vectors not added',
      headline: `What ${table.name} holds was not added as a whole.`,
      text: `${(error as Error).message} What was on the screen is kept.`,
    });
  }
}

/**
 * Shows new data instead of the old, says so, and offers the way back; vectors that came with it become runs. A set that is
 * added to others has none: vectors belong to a whole dataset.
 */
export async function bringOnScreen(
  dataset: Dataset,
  mode: Exclude<ImportMode, 'join'>,
  vectors: readonly VectorHead[],
): Promise<void> {
  const before = viewStore.getState().view.datasetId;
  if (mode === 'replace') await openDataset(dataset, 'Replace data', vectors);
  else await openDataset(dataset, 'Add a set');
  if (before === dataset.id) return;
  // What it says holds while that data is on the screen, and is old news after a while.
  const leave = () => {
    dismissSubject(subject);
    unsubscribe();
    clearTimeout(timer);
  };
  const timer = setTimeout(leave, shownMs);
  const unsubscribe = viewStore.subscribe(({ view }) => {
    if (view.datasetId !== dataset.id) leave();
  });
  showNotice({
    tone: 'info',
    subject,
    headline:
      dataset.sets.length === 1
        ? `${countOf(dataset.rowCount, 'row')} of ${dataset.name} ${dataset.rowCount === 1 ? 'is' : 'are'} on the screen.`
        : `${countOf(dataset.rowCount, 'row')} in ${countOf(dataset.sets.length, 'set')} are on the screen.`,
    text: 'The earlier data is kept; Undo brings it back.',
    action: { label: 'Undo', run: () => undoDataset(dataset.id) },
  });
}
