import { describe, expect, it } from 'vitest';
import {
  type Answer,
  type AnswerPair,
  type AnswerPart,
  type AnswerScore,
  composeAnswer,
  percent,
} from './compose-answer';

const pairOf = (a: string, b: string, value: number | null, half = 0.02): AnswerPair => ({
  a,
  b,
  overlap: { value, low: value === null ? null : value - half, high: value === null ? null : value + half },
  from: `agreement ${a} ${b}`,
});
const whole = { rows: 297, k: 10, chance: 10 / 296, withoutVector: 0, duplicateTexts: 0, labels: null };
const say = (parts: readonly AnswerPart[]) =>
  parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
const sentences = ({ headline, detail }: Answer) => [say(headline), say(detail)];

describe('composeAnswer', () => {
  it('says how far two runs agree, what chance is and over which rows', () => {
    const answer = composeAnswer({
      ...whole,
      names: ['A', 'B'],
      pairs: [pairOf('A', 'B', 0.457)],
      withoutVector: 3,
      duplicateTexts: 1,
    });
    expect(sentences(answer)).toEqual([
      'A and B agree on 46 % of nearest neighbours.',
      'Shared of 10 nearest, averaged over the rows; by chance it would be 3 %. Over 297 rows, 3 without a vector in every run and 1 repeated text left out.',
    ]);
    expect(answer.headline).toContainEqual({ text: '46 %', from: 'agreement A B' });
  });

  it('says which run stands apart, only where no interval allows otherwise', () => {
    const names = ['A', 'B', 'C'];
    const clear = [pairOf('A', 'B', 0.71), pairOf('A', 'C', 0.39), pairOf('B', 'C', 0.41)];
    expect(sentences(composeAnswer({ ...whole, names, pairs: clear }))[0]).toBe(
      'A and B agree on 71 % of nearest neighbours; C stands apart, at most 41 % with B.',
    );
    const vague = clear.map(({ a, b, overlap }) => pairOf(a, b, overlap.value, 0.2));
    expect(sentences(composeAnswer({ ...whole, names, pairs: vague }))[0]).toBe(
      'A and B agree on 71 % of nearest neighbours, A and C on 39 %.',
    );
  });

  it('says which runs follow the labels, and by how much others are behind', () => {
    const score = (name: string, value: number, verdict: AnswerScore['verdict']): AnswerScore => ({
      name,
      value,
      verdict,
      from: `score ${name}`,
    });
    const gap = (kind: 'close' | 'behind', size: number) => ({
      kind,
      gap: size,
      low: size - 0.05,
      high: size + 0.05,
    });
    const answerOf = (...scores: AnswerScore[]) =>
      composeAnswer({
        ...whole,
        names: scores.map(({ name }) => name),
        pairs: [pairOf('A', 'B', 0.7), pairOf('A', 'C', 0.4), pairOf('B', 'C', 0.4)],
        labels: { column: 'section', scores },
      });
    const best = score('B', 0.93, { kind: 'highest' });
    const mixed = answerOf(score('A', 0.91, gap('close', 0.02)), best, score('C', 0.7, gap('behind', 0.23)));
    expect(sentences(mixed)[0]).toBe(
      'On section, B and A are too close to call; C is clearly behind by 23 points (18 to 28).',
    );
    expect(sentences(mixed)[1]).toMatch(
      /^Their nearest rows name the right section for 91 % to 93 % of rows\. A and B agree on 70 %/,
    );
    expect(mixed.headline).toContainEqual({ text: '23 points', from: 'score C' });
    const won = answerOf(score('A', 0.8, gap('behind', 0.13)), best);
    expect(sentences(won)[0]).toBe('On section, B leads A by 13 points (8 to 18).');
    expect(sentences(won)[1]).toMatch(/^Its nearest rows name the right section for 93 % of rows/);
    const open = answerOf(score('A', 0.92, gap('close', 0.01)), best, score('C', 0.92, gap('close', 0.01)));
    expect(sentences(open)[0]).toBe('On section, all 3 runs are too close to call.');
  });

  it('says first that a handful of rows tells little, the numbers second', () => {
    const pairs = [pairOf('A', 'B', 0.25)];
    const few = (rows: number) => composeAnswer({ ...whole, names: ['A', 'B'], pairs, rows, chance: 1 / 28 });
    expect(sentences(few(29))).toEqual([
      '29 rows are too few to tell how far A and B agree.',
      'A and B agree on 25 % of nearest neighbours. Shared of 10 nearest, averaged over the rows; by chance it would be 4 %. Over 29 rows.',
    ]);
    expect(sentences(few(30))[0]).toContain('agree on 25 %');
  });

  it('gives the reason in place of a number', () => {
    const answer = composeAnswer({
      ...whole,
      names: ['A', 'B', 'C'],
      pairs: [pairOf('A', 'B', null)],
      rows: 2,
      k: 0,
    });
    expect(sentences(answer)).toEqual([
      'These 3 runs cannot be compared.',
      'Fewer than three rows have no neighbours to compare. Over 2 rows.',
    ]);
  });
});

describe('percent', () => {
  it('rounds neither up to all nor down to none', () => {
    expect([0, 0.0001, 0.5, 0.9999, 1].map(percent)).toEqual([
      '0 %',
      'less than 1 %',
      '50 %',
      'more than 99 %',
      '100 %',
    ]);
  });
});
