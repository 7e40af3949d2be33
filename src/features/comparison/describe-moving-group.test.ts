import { describe, expect, it } from 'vitest';
import { describeMovingGroup } from './describe-moving-group';

const labels = ['copper', 'copper', 'velvet', 'velvet', 'velvet', 'marble', ''];
const names = {
  a: 'Words',
  b: 'Qwen3',
  labelOf: (row: number) => labels[row] ?? '',
  textOf: (row: number) => `text ${row}`,
};
const noWords = { rows: [], joined: [], left: [] };
const near = (...rows: number[]) => rows.map((row) => ({ row, count: 2 }));
const facts = {
  rows: [0, 1],
  joined: near(2, 3, 4),
  left: near(5, 6),
  keywords: noWords,
  meanShared: 2.46,
  k: 10,
};

describe('describeMovingGroup', () => {
  it('says who moves, from where and where to, with labels, words and counts', () => {
    const keywords = { rows: ['ore', 'wire', 'mine', 'tin'], joined: ['soft'], left: [] };
    expect(describeMovingGroup({ ...facts, keywords }, names)).toEqual({
      title: '2 rows · 2 of 2 “copper” · ore, wire, mine',
      reason:
        'In Words they lie with 2 rows (1 of 2 “marble”), in Qwen3 with 3 rows (3 of 3 “velvet”; soft). Of 10 neighbours they keep 2.5.',
    });
  });

  it('says when rows only come together, or only come apart', () => {
    expect(describeMovingGroup({ ...facts, left: [] }, names).reason).toBe(
      'Qwen3 puts them with 3 rows (3 of 3 “velvet”), which Words keeps apart from them. Of 10 neighbours they keep 2.5.',
    );
    expect(describeMovingGroup({ ...facts, joined: [] }, names).reason).toBe(
      'Qwen3 keeps them apart from 2 rows (1 of 2 “marble”), with which they lie in Words. Of 10 neighbours they keep 2.5.',
    );
  });

  it('quotes a row where neither label nor words say anything', () => {
    const silent = { ...names, labelOf: null, textOf: () => 'a '.repeat(60) };
    const { title, reason } = describeMovingGroup(facts, silent);
    expect(title).toBe('2 rows');
    expect(reason).toContain('in Qwen3 with 3 rows (such as “a a');
    expect(reason).toContain('…”)');
  });
});
