import { beforeEach, expect, test } from 'vitest';
import { playOn, playStore, startPlaying, stopPlaying } from './playing';
import { searchStore, typeSearch } from './search';
import { commit, initialView, replaceView, viewStore } from './view';

const view = () => viewStore.getState().view;
const steps = [
  { title: 'One', sentence: '', view: { tab: 'matrix' } },
  { title: 'Two', sentence: '', view: { pinned: 3 } },
];

beforeEach(() => {
  playStore.setState({ playing: null });
  replaceView({ ...initialView, datasetId: 'd', tab: 'table', selection: [7] });
});

test('each step shows its own view and nothing of the one before; leaving brings back what was there', () => {
  typeSearch('harbour');
  startPlaying('presentation', steps);
  expect(searchStore.getState()).toMatchObject({ text: '', isOpen: false, ringed: [] });
  expect(view()).toMatchObject({ tab: 'matrix', selection: [], pinned: null });
  playOn(1);
  expect(view()).toMatchObject({ tab: 'map', pinned: 3 });
  playOn(1);
  expect(playStore.getState().playing?.at).toBe(1);
  playOn(-5);
  expect(view()).toMatchObject({ tab: 'matrix', pinned: null });
  commit({ clusterNames: { c: 'Named meanwhile' } }, 'Name a cluster');
  stopPlaying();
  expect(playStore.getState().playing).toBeNull();
  expect(view()).toMatchObject({ tab: 'table', selection: [7], clusterNames: { c: 'Named meanwhile' } });
  expect(viewStore.getState().undoable.map(({ label }) => label)).toEqual(['Name a cluster']);
});

test('nothing is played without a step, and other data are not given an old view', () => {
  startPlaying('tour', []);
  expect(playStore.getState().playing).toBeNull();
  startPlaying('tour', steps);
  commit({ datasetId: 'other', tab: 'compare' });
  stopPlaying();
  expect(view()).toMatchObject({ datasetId: 'other', tab: 'compare' });
});
