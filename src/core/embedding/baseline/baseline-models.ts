/** The built-in baselines. They compare words and letters, not meaning. */
export const baselineModels = [
  {
    id: 'baseline/words-lsa',
    name: 'Words (LSA)',
    explanation: 'Words that occur together, found in these texts. Lexical, not semantic.',
  },
  {
    id: 'baseline/letters-ngram',
    name: 'Letters 3–5',
    explanation: 'Runs of three to five letters. Lexical, not semantic.',
  },
] as const;

export type BaselineModelId = (typeof baselineModels)[number]['id'];
