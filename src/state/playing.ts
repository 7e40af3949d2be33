import { createStore } from 'zustand/vanilla';
import { clearSearch } from '@/state/search';
import { commit, type View, viewStore } from '@/state/view';
import { type Step, viewOfStep } from './steps';

/** What is shown step by step: a presentation has the screen to itself, a tour goes through the page as it is. */
export interface PlayedStep {
  readonly title: string;
  readonly sentence: string;
  readonly view: Step['view'];
  /** Part of the page that the step is about: it is framed. */
  readonly place?: 'inspector' | 'sources';
}

interface Playing {
  readonly kind: 'presentation' | 'tour';
  readonly steps: readonly PlayedStep[];
  readonly at: number;
  /** What was on the screen before. */
  readonly before: View;
}

/** The steps under way; null while the page is at work. */
export const playStore = createStore<{ playing: Playing | null }>(() => ({ playing: null }));

/** Begins with a step; does nothing without one. */
export function startPlaying(kind: Playing['kind'], steps: readonly PlayedStep[], at = 0): void {
  if (steps.length === 0) return;
  // Rows that were being looked for belong to no step.
  clearSearch();
  playStore.setState({ playing: { kind, steps, at, before: viewStore.getState().view } });
  showStep(steps[at] ?? steps[0]!);
}

/** Goes `by` steps on (or back); stays at the ends. */
export function playOn(by: number): void {
  const { playing } = playStore.getState();
  if (playing === null) return;
  const at = Math.min(playing.steps.length - 1, Math.max(0, playing.at + by));
  if (at === playing.at) return;
  playStore.setState({ playing: { ...playing, at } });
  showStep(playing.steps[at]!);
}

/** Leaves the steps; the page shows again what it showed before, and nothing of it is a step of undo. */
export function stopPlaying(): void {
  const { playing } = playStore.getState();
  if (playing === null) return;
  playStore.setState({ playing: null });
  const { view } = viewStore.getState();
  if (playing.before.datasetId !== view.datasetId) return;
  // What belongs to the data, such as a cluster's name given meanwhile, stays.
  const { steps, savedSelections, judgements, cutoffs, clusterNames, ...picture } = playing.before;
  commit(picture);
}

function showStep({ view: picture }: PlayedStep): void {
  const view = viewOfStep(viewStore.getState().view, picture);
  if (view !== null) commit(view);
}
