import { expect, test } from 'vitest';
import { initialView } from '@/state/view';
import { describeView } from './describe-view';

const shown = {
  view: initialView,
  rowCount: 1200,
  run: 'Words (LSA)',
  compared: 2,
  colour: 'topic',
  pinned: null,
};

test('a step begins with words for what is on the screen', () => {
  expect(describeView(shown)).toEqual({
    title: 'A map of 1,200 texts',
    sentence:
      'Each dot is a text. Dots near each other are texts that Words (LSA) thinks are alike. Colours are topic.',
  });
  expect(describeView({ ...shown, pinned: 'Rain' }).sentence).toContain('“Rain”');
  expect(describeView({ ...shown, view: { ...initialView, tab: 'compare' } }).title).toBe(
    '2 models on the same texts',
  );
  const one = describeView({ ...shown, view: { ...initialView, selection: [4] }, colour: null });
  expect(one.sentence).toContain('1 text keeps its colour.');
});
