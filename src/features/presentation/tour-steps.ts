import type { PlayedStep } from '@/state/playing';

/** A text of the sample; its nearest say that the baselines know words, not meaning. */
const shownRow = 35;

/** The tour of the sample, in real views. */
export const tourSteps: readonly PlayedStep[] = [
  {
    title: 'A map of 300 texts',
    sentence:
      'Each dot is one text. Texts that the model reads as alike lie near each other. Colours are topics that a person gave. Point at a dot to read it.',
    view: { tab: 'map' },
  },
  {
    title: 'One text and its nearest',
    sentence:
      'A click pins a text. On the right stand the ten texts nearest to it, one column a model; lines join what both models found.',
    view: { tab: 'map', pinned: shownRow },
    place: 'inspector',
  },
  {
    title: 'Every text against every text',
    sentence:
      'The same similarities as a matrix, alike texts put together. Blocks along the diagonal are groups; zoom in to read single pairs.',
    view: { tab: 'matrix', matrixOrder: 'alike' },
  },
  {
    title: 'Which model to take',
    sentence:
      'Two models on the same texts: the answer in a sentence, scores with their intervals, and where the models disagree. “Too close to call” is an answer too.',
    view: { tab: 'compare' },
  },
  {
    title: 'Show it to others',
    sentence:
      'Export writes tables, pictures and a report that opens offline; Present turns views into steps. Nothing leaves this browser by itself.',
    view: { tab: 'map', colourBy: { kind: 'cluster' } },
  },
  {
    title: 'Now your own texts',
    sentence:
      'Drop a file or paste texts, then choose models that read meaning: with a Featherless key, any server with the OpenAI interface, or vectors of your own.',
    view: { tab: 'map' },
    place: 'sources',
  },
];
