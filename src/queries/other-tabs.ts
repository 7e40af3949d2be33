import type { RunRecord } from '@/core/embedding/run';
import { webLocks } from '@/queries/web-locks';

type Message =
  | { readonly type: 'hello' }
  | { readonly type: 'run'; readonly tab: string; readonly record: RunRecord }
  | { readonly type: 'removed'; readonly datasetId: string; readonly runId: string }
  | { readonly type: 'cancel'; readonly runId: string };

export interface TabListener {
  /** Runs that this tab sends or lets wait. */
  underWay(): readonly RunRecord[];
  onRun(record: RunRecord): void;
  /** The tab that was sending it is gone. */
  onLost(record: RunRecord): void;
  onRemoved(datasetId: string, runId: string): void;
  onCancel(runId: string): void;
}

const ownTab = Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join('');
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('murmuration-runs');
/** Runs under way in other tabs, as last heard, with the tab. */
const elsewhere = new Map<string, { tab: string; record: RunRecord }>();
const watchedTabs = new Set<string>();

/** A run as the tab that sends it told last; null where none does. */
export function runElsewhere(runId: string): RunRecord | null {
  return elsewhere.get(runId)?.record ?? null;
}

/** Tells the other tabs of this page how a run of this tab is. */
export function tellRun(record: RunRecord): void {
  post({ type: 'run', tab: ownTab, record });
}

export function tellRemoved(datasetId: string, runId: string): void {
  post({ type: 'removed', datasetId, runId });
}

/** Asks the tab that sends a run to stop. */
export function askToCancel(runId: string): void {
  post({ type: 'cancel', runId });
}

/** Hears of the runs of other tabs, those under way first. Called once. */
export function listenToTabs(listener: TabListener): void {
  if (channel === null) return;
  // Held as long as this tab lives, so that others learn when it is gone.
  void webLocks()?.request(tabLock(ownTab), () => new Promise(() => {}));
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'hello') for (const record of listener.underWay()) tellRun(record);
    else if (data.type === 'cancel') listener.onCancel(data.runId);
    else if (data.type === 'removed') listener.onRemoved(data.datasetId, data.runId);
    else {
      const { tab, record } = data;
      if (isUnderWay(record)) elsewhere.set(record.id, { tab, record });
      else if (elsewhere.get(record.id)?.tab === tab) elsewhere.delete(record.id);
      watchTab(tab, listener);
      listener.onRun(record);
    }
  };
  post({ type: 'hello' });
}

export function isUnderWay({ status }: RunRecord): boolean {
  return status === 'running' || status === 'waiting';
}

function tabLock(tab: string): string {
  return `murmuration tab ${tab}`;
}

/** A tab's lock is free once the tab is closed or has crashed. */
function watchTab(tab: string, listener: TabListener): void {
  if (watchedTabs.has(tab)) return;
  watchedTabs.add(tab);
  void webLocks()?.request(tabLock(tab), async () => {
    watchedTabs.delete(tab);
    for (const [id, run] of elsewhere) {
      if (run.tab !== tab) continue;
      elsewhere.delete(id);
      listener.onLost(run.record);
    }
  });
}

function post(message: Message): void {
  channel?.postMessage(message);
}
