import { describe, expect, it } from 'vitest';
import { choosePair, replaceSide } from './choose-pair';

const words = { id: 'words', spec: { provider: 'baseline' } };
const letters = { id: 'letters', spec: { provider: 'baseline' } };
const qwen = { id: 'qwen', spec: { provider: 'featherless' } };
const gemma = { id: 'gemma', spec: { provider: 'openai-compatible' } };
const runs = [words, letters, qwen, gemma];

describe('choosePair', () => {
  it('takes the active run and the first other one from a server until something is chosen', () => {
    expect(choosePair(runs, [null, null], 'words')).toEqual([words, qwen]);
    expect(choosePair(runs, [null, null], 'qwen')).toEqual([qwen, gemma]);
    expect(choosePair(runs, [null, null], 'gemma')).toEqual([gemma, qwen]);
    expect(choosePair(runs, [null, null], null)).toEqual([words, qwen]);
  });

  it('takes the first other one where no other is from a server', () => {
    expect(choosePair([words, letters], [null, null], 'letters')).toEqual([letters, words]);
    expect(choosePair([words, letters, qwen], [null, null], 'qwen')).toEqual([qwen, words]);
  });

  it('keeps what was chosen, whatever is active', () => {
    expect(choosePair(runs, ['qwen', 'letters'], 'words')).toEqual([qwen, letters]);
    expect(choosePair(runs, ['qwen', null], 'letters')).toEqual([qwen, gemma]);
    expect(choosePair(runs, [null, 'words'], 'qwen')).toEqual([qwen, words]);
  });

  it('never shows a run beside itself', () => {
    expect(choosePair(runs, ['words', 'words'], 'words')).toEqual([words, qwen]);
    expect(choosePair(runs, [null, 'words'], 'words')).toEqual([letters, words]);
  });

  it('replaces a run that is gone', () => {
    expect(choosePair([words, letters], ['qwen', 'words'], 'letters')).toEqual([letters, words]);
    expect(choosePair([words, letters], ['words', 'qwen'], 'words')).toEqual([words, letters]);
  });

  it('needs two runs', () => {
    expect(choosePair([], [null, null], null)).toBeNull();
    expect(choosePair([words], ['words', 'words'], 'words')).toBeNull();
  });
});

describe('replaceSide', () => {
  it('replaces one side, or swaps', () => {
    expect(replaceSide(['words', 'letters'], 0, 'qwen')).toEqual(['qwen', 'letters']);
    expect(replaceSide(['words', 'letters'], 1, 'qwen')).toEqual(['words', 'qwen']);
    expect(replaceSide(['words', 'letters'], 0, 'letters')).toEqual(['letters', 'words']);
    expect(replaceSide(['words', 'letters'], 1, 'words')).toEqual(['letters', 'words']);
    expect(replaceSide(['words', 'letters'], 1, 'letters')).toEqual(['words', 'letters']);
  });
});
