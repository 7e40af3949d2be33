/** One of the server's built-in embedding models. */
export interface NgramModel {
  readonly id: string;
  readonly dimensions: number;
  /** Lengths, in code points, of the character n-grams the model counts. */
  readonly gramLengths: readonly number[];
  readonly seed: number;
  /** Whether the model accepts `dimensions`, that is, its vectors may be cut to their first numbers. */
  readonly cuttable: boolean;
}

/** Fewest numbers a vector of a cuttable model may be cut to. */
export const smallestCut = 32;

/** The built-in models. They differ in the n-grams they see, so their neighbours differ too. */
export const ngramModels: readonly NgramModel[] = [
  { id: 'local/ngram-64', dimensions: 64, gramLengths: [2, 3], seed: 0x64, cuttable: false },
  { id: 'local/ngram-256', dimensions: 256, gramLengths: [3, 4], seed: 0x256, cuttable: false },
  { id: 'local/ngram-1024', dimensions: 1024, gramLengths: [3, 4, 5], seed: 0x1024, cuttable: true },
];

/** Each n-gram writes one number into each band, so even the shortest cut has a trace of every n-gram. */
const bandCount = 32;

/**
 * Embeds a text with a built-in model: a sparse, seeded random projection of its character n-grams, each
 * weighted 1 + ln(count). Texts that share n-grams point the same way. The vector depends on model and text
 * alone and is not normalised: its norm grows with the text.
 *
 * @returns a new array of the model's dimensions, owned by the caller.
 * @throws RangeError for an id that is not in `ngramModels`.
 */
export function embedText(modelId: string, text: string): Float32Array {
  const model = ngramModels.find(({ id }) => id === modelId);
  if (model === undefined) throw new RangeError(`No built-in model is called ${modelId}.`);
  const sum = new Float64Array(model.dimensions);
  const bandWidth = model.dimensions / bandCount;
  for (const [gram, count] of countGrams(text, model.gramLengths)) {
    const weight = 1 + Math.log(count);
    let state = hashGram(gram, model.seed);
    for (let band = 0; band < bandCount; band++) {
      state = (state + 0x9e3779b9) | 0;
      const bits = mixBits(state);
      const position = band * bandWidth + (bits & (bandWidth - 1));
      sum[position] = sum[position]! + weight * ((bits >>> 5) / 2 ** 26 - 1);
    }
  }
  return Float32Array.from(sum);
}

/** Counts the n-grams of a text; its ends count as spaces, so every text has at least one n-gram of length 3. */
function countGrams(text: string, lengths: readonly number[]): Map<string, number> {
  const characters = [' ', ...text, ' '];
  const counts = new Map<string, number>();
  for (const length of lengths) {
    for (let start = 0; start + length <= characters.length; start++) {
      const gram = characters.slice(start, start + length).join('');
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  return counts;
}

/** FNV-1a over UTF-16 code units, started from the model's seed. */
function hashGram(gram: string, seed: number): number {
  let hash = mixBits(seed) ^ 0x811c9dc5;
  for (let i = 0; i < gram.length; i++) hash = Math.imul(hash ^ gram.charCodeAt(i), 0x01000193);
  return mixBits(hash);
}

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
function mixBits(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
