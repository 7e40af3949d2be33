import { excerptLength, type ReportComparison, type ReportMatrixHead, type TextShare } from './report-data';

/** What a reader has to know to understand the numbers: only of what the report shows. */
export function describeReport(shown: {
  readonly comparison: ReportComparison | null;
  readonly maps: readonly unknown[];
  readonly matrix: ReportMatrixHead | null;
}): { name: string; text: string }[] {
  const { comparison, maps, matrix } = shown;
  return [
    {
      name: 'Similarity',
      text: 'The cosine of two texts’ vectors: 1 is the same direction, 0 is none in common. Each model has its own usual values, so cosines of two models do not compare.',
    },
    {
      name: 'Neighbours',
      text: 'The texts with the highest similarity to one, found among all vectors and not on the map.',
    },
    ...(maps.length === 0
      ? []
      : [
          {
            name: 'Map',
            text: 'Texts that a model thinks are alike lie near each other. A flat picture of many dimensions is never quite right: far groups may be nearer than they look. Trust says how many of the nearest on the map are near in the vectors too, beside a plain projection (PCA) and chance. No number comes from a map.',
          },
        ]),
    ...(maps.length < 2
      ? []
      : [
          {
            name: 'Left over',
            text: 'Beside a map: the share of its places’ spread that still differs after it was turned, scaled and moved onto the first map. It is about the two pictures, not the models.',
          },
        ]),
    ...(matrix === null
      ? []
      : [
          {
            name: 'Matrix',
            text: 'Every text against every text. Squares along the diagonal are groups that hold together.',
          },
        ]),
    ...(comparison === null
      ? []
      : [
          { name: 'Shared neighbours', text: comparison.agreementDefinition },
          ...comparison.columns.map(({ name, definition }) => ({ name, text: definition })),
          {
            name: 'Too close to call',
            text: 'The interval of the difference holds 0: another choice of texts could turn it round. The interval allows for how many models were tried.',
          },
        ]),
  ];
}

/** What a report holds of the texts, as a sentence. */
export function describeTextShare(share: TextShare): string {
  switch (share) {
    case 'full':
      return 'The texts are in this file, whole.';
    case 'excerpt':
      return `The first ${excerptLength} characters of each text are in this file.`;
    case 'none':
      return 'The texts are not in this file; labels and row numbers are.';
  }
}
