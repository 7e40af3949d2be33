import type { TextColumn } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';
import type { BaselineModelId } from './baseline-models';
import { fitLsa, noWordsReason } from './lsa';
import { fitNgrams, noLettersReason } from './ngram';

/** A baseline that has learnt from a dataset's texts. */
export interface BaselineModel {
  readonly width: number;
  /** A vector of `width` numbers (not normalised, owned by the caller), or null where there is nothing to compare. */
  embed(text: string): Float32Array | null;
  readonly noVectorReason: string;
  /** Whole sentences about what was left out while learning. */
  readonly notes: readonly string[];
}

/** Learns a baseline. Throws RangeError for an unknown model id. */
export function* fitBaseline(model: string, corpus: TextColumn): Work<BaselineModel> {
  switch (model as BaselineModelId) {
    case 'baseline/words-lsa': {
      const lsa = yield* fitLsa(corpus);
      return {
        width: lsa.width,
        embed: (text) => lsa.embed(text),
        noVectorReason: noWordsReason,
        notes: lsa.notes,
      };
    }
    case 'baseline/letters-ngram': {
      const ngrams = yield* fitNgrams(corpus);
      return {
        width: ngrams.width,
        embed: (text) => ngrams.embed(text),
        noVectorReason: noLettersReason,
        notes: [],
      };
    }
    default:
      throw new RangeError(`There is no built-in baseline called ${model}.`);
  }
}
