import { createStore } from 'zustand/vanilla';

/** What a screen reader is told next; the number tells two equal sentences apart. */
export const voiceStore = createStore<{ readonly words: string; readonly turn: number }>(() => ({
  words: '',
  turn: 0,
}));

/** Says a sentence through the page's live region. */
export function say(words: string): void {
  voiceStore.setState(({ turn }) => ({ words, turn: turn + 1 }));
}
