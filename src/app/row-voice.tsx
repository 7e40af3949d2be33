import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { textAt } from '@/core/dataset/text-column';
import { useDataset } from '@/queries/use-workspace';
import { viewStore } from '@/state/view';
import { say, voiceStore } from '@/state/voice';

/** Speaks the row that was pinned, and what the keyboard comes upon. */
export function RowVoice() {
  const dataset = useDataset();
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const second = useStore(viewStore, ({ view }) => view.secondPin);
  const { words, turn } = useStore(voiceStore);
  const before = useRef({ pinned, second });
  useEffect(() => {
    const was = before.current;
    before.current = { pinned, second };
    if (dataset === null) return;
    const read = (row: number) => textAt(dataset.texts, row);
    if (second !== null && second !== was.second) say(`Row ${second} pinned as second: ${read(second)}`);
    else if (pinned !== null && pinned !== was.pinned) say(`Row ${pinned} pinned: ${read(pinned)}`);
    else if (pinned === null && was.pinned !== null) say('No row pinned');
  }, [pinned, second, dataset]);
  return (
    <div aria-live="polite" className="unseen" data-voice>
      <span key={turn}>{words}</span>
    </div>
  );
}
