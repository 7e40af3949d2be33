import { describe, expect, it } from 'vitest';
import { asWritten } from '@/core/embedding/run';
import { cameAsUnit, judgeInput, type RunInput } from './judge-input';

const run = (name: string, change: Partial<RunInput> = {}): RunInput => ({
  name,
  provider: 'openai-compatible',
  texts: asWritten,
  suggestedPrefix: null,
  prefix: '',
  missing: 0,
  cut: 0,
  windowTokens: 512,
  overWindow: 0,
  longestTokens: 80,
  norms: { least: 1, median: 1, most: 1 },
  ...change,
});

describe('judgeInput', () => {
  it('has nothing to say where all read the same', () => {
    expect(judgeInput([run('A'), run('B')])).toEqual({ unfair: [], unknown: [] });
    const baseline = run('Words', { provider: 'baseline', windowTokens: null, overWindow: null });
    expect(judgeInput([run('A'), baseline])).toEqual({ unfair: [], unknown: [] });
  });

  it('tells sides apart', () => {
    const asQuery = run('C', { texts: { ...asWritten, side: 'query' } });
    expect(judgeInput([run('A'), run('B'), asQuery]).unfair).toEqual([
      'C read the rows as queries, A and B as documents: such models put the two in different places.',
    ]);
    expect(judgeInput([asQuery, asQuery]).unfair).toEqual([]);
  });

  it('says whose window is too short, and for how many texts', () => {
    const [short] = judgeInput([run('A', { overWindow: 3, windowTokens: 256 }), run('B')]).unfair;
    expect(short).toBe(
      '3 texts are likely longer than the 256 tokens that A reads; it does not see how they end.',
    );
  });

  it('minds cuts that not all have', () => {
    const cut = run('A', { cut: 1, texts: { ...asWritten, maxTokens: 64 } });
    expect(judgeInput([cut, run('B')]).unfair).toEqual(['1 text was cut at 64 tokens for A, not for all.']);
    expect(judgeInput([cut, { ...cut, name: 'B' }]).unfair).toEqual([]);
  });

  it('minds a prefix that is missing or another than suggested', () => {
    const without = run('E5', { suggestedPrefix: 'passage: ' });
    const other = run('Nomic', { suggestedPrefix: 'search_document: ', prefix: 'clustering: ' });
    expect(judgeInput([without, other, run('A', { suggestedPrefix: '' })]).unfair).toEqual([
      'E5 went without the prefix “passage:” that its makers suggest.',
      'Nomic got a prefix other than its makers suggest: “clustering:”.',
    ]);
  });

  it('says what cannot be known', () => {
    const far = run('X', { windowTokens: null, overWindow: null });
    const file = run('vectors.npy', { provider: 'imported', windowTokens: null, overWindow: null });
    expect(judgeInput([far, file]).unknown).toEqual([
      'How long a text X reads is not known here; the longest sent has about 80 tokens.',
      'How the vectors of vectors.npy were made is not known: prefix, cuts and window are the file’s.',
    ]);
  });
});

describe('cameAsUnit', () => {
  it('allows for rounding only', () => {
    expect(cameAsUnit({ least: 0.999, median: 1, most: 1.002 })).toBe(true);
    expect(cameAsUnit({ least: 0.9, median: 1, most: 1 })).toBe(false);
    expect(cameAsUnit({ least: 1, median: 3, most: 5 })).toBe(false);
  });
});
