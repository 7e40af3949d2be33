import { beforeEach, expect, test } from 'vitest';
import { addStep, moveStep, removeStep, retakeStep, stepsOf, viewOfStep, wordStep } from './steps';
import { initialView, replaceView, undo, viewStore } from './view';
import { viewToHash } from './view-link';

const view = () => viewStore.getState().view;
const titles = () => stepsOf(view().steps, 'd').map(({ title }) => title);

beforeEach(() => replaceView({ ...initialView, datasetId: 'd' }));

test('a step keeps the picture, not the data, and shows it again over any other', () => {
  viewStore.setState({ view: { ...view(), tab: 'matrix', pinned: 4, judgements: { d: [[1, 2, true]] } } });
  addStep({ title: 'One', sentence: 'S' });
  expect(view().steps[0]!.view).toEqual({ tab: 'matrix', pinned: 4 });
  const later = { ...view(), tab: 'table' as const, pinned: null, selection: [1], datasetId: 'd' };
  const shown = viewOfStep(later, view().steps[0]!.view)!;
  expect(shown).toMatchObject({ tab: 'matrix', pinned: 4, selection: [], datasetId: 'd' });
  expect(shown.steps).toHaveLength(1);
  expect(shown.judgements).toEqual({ d: [[1, 2, true]] });
});

test('steps are reordered among those of their dataset, worded, retaken and deleted, and all of it can be undone', () => {
  addStep({ title: 'One', sentence: '' });
  viewStore.setState({ view: { ...view(), datasetId: 'other' } });
  addStep({ title: 'Elsewhere', sentence: '' });
  viewStore.setState({ view: { ...view(), datasetId: 'd' } });
  addStep({ title: 'Two', sentence: '' });
  expect(new Set(view().steps.map(({ id }) => id)).size).toBe(3);
  const [one, two] = stepsOf(view().steps, 'd');
  moveStep(two!.id, -1);
  expect(titles()).toEqual(['Two', 'One']);
  moveStep(two!.id, -1);
  expect(titles()).toEqual(['Two', 'One']);
  wordStep(one!.id, { title: 'Uno', sentence: 's' });
  viewStore.setState({ view: { ...view(), tab: 'table' } });
  retakeStep(one!.id);
  expect(stepsOf(view().steps, 'd')[1]).toMatchObject({ title: 'Uno', view: { tab: 'table' } });
  removeStep(two!.id);
  expect(titles()).toEqual(['Uno']);
  undo();
  expect(titles()).toEqual(['Two', 'Uno']);
  expect(stepsOf(view().steps, 'other')).toHaveLength(1);
});

test('what a page with other values kept is no step here, and no words of a person are in a link', () => {
  expect(viewOfStep(initialView, { tab: 'hologram' })).toBeNull();
  expect(viewOfStep(initialView, { datasetId: 'x', steps: 'no' })).toEqual(initialView);
  addStep({ title: 'Secret title', sentence: 'Secret sentence' });
  viewStore.setState({ view: { ...view(), reportTitle: 'Secret report' } });
  expect(decodeURIComponent(viewToHash(view()))).not.toContain('Secret');
});
