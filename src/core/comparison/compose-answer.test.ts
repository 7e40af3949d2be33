import { describe, expect, it } from 'vitest';
import { type AnswerPart, percent } from './answer-part';
import { type Answer, type AnswerPair, composeAnswer } from './compose-answer';
import { type AnswerScore, describePlace } from './describe-verdicts';

const pairOf = (a: string, b: string, value: number | null, half = 0.02): AnswerPair => ({
  a,
  b,
  overlap: { value, low: value === null ? null : value - half, high: value === null ? null : value + half },
  from: { id: `agreement ${a} ${b}` },
});
const whole = {
  rows: 297,
  k: 10,
  chance: 10 / 296,
  withoutVector: 0,
  duplicateTexts: 0,
  labels: null,
  gold: null,
  widths: new Map(),
};
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
      'Shared of 10 nearest, a mean over the rows; chance is 3 %. Over 297 rows, 3 without a vector in every run and 1 repeated text left out.',
    ]);
    expect(answer.headline).toContainEqual({ text: '46 %', from: { id: 'agreement A B' } });
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

  const score = (name: string, value: number, verdict: AnswerScore['verdict']): AnswerScore => ({
    name,
    value,
    verdict,
    from: { id: `score ${name}` },
  });
  const gap = (kind: 'close' | 'behind', size: number, half = 0.05) => ({
    kind,
    gap: size,
    low: size - half,
    high: size + half,
  });
  const best = score('B', 0.93, { kind: 'highest' });
  const close = score('A', 0.91, gap('close', 0.02));
  const answerOf = (
    votes: AnswerScore[],
    closeness: (among: readonly string[]) => AnswerScore[] = () => [],
    rest: Partial<Parameters<typeof composeAnswer>[0]> = {},
  ) =>
    composeAnswer({
      ...whole,
      names: votes.map(({ name }) => name),
      pairs: [pairOf('A', 'B', 0.7), pairOf('A', 'C', 0.4), pairOf('B', 'C', 0.4)],
      labels: { column: 'section', votes, closeness },
      ...rest,
    });

  it('says which runs follow the labels, and by how much others are behind', () => {
    const mixed = answerOf([close, best, score('C', 0.7, gap('behind', 0.23))]);
    expect(sentences(mixed)[0]).toBe(
      'On section, B and A are too close to call; C is clearly behind by 23 points (18 to 28).',
    );
    expect(sentences(mixed)[1]).toMatch(
      /^The nearest rows of the two name the right section for 91 % to 93 % of rows\. A and B agree on 70 %/,
    );
    expect(mixed.headline).toContainEqual({ text: '23 points (18 to 28)', from: { id: 'score C' } });
    const won = answerOf([score('A', 0.8, gap('behind', 0.13)), best]);
    expect(sentences(won)[0]).toBe('On section, B leads A by 13 points (8 to 18).');
    expect(sentences(won)[1]).toMatch(/^Its nearest rows name the right section for 93 % of rows/);
    const open = answerOf([score('A', 0.92, gap('close', 0.01)), best, score('C', 0.92, gap('close', 0.01))]);
    expect(sentences(open)[0]).toBe('On section, all three runs are too close to call.');
  });

  it('does not print a clear gap as none', () => {
    const near = answerOf([score('A', 0.926, gap('behind', 0.004, 0.003)), best]);
    expect(sentences(near)[0]).toBe('On section, B leads A by 0.4 points (0.1 to 0.7).');
    expect(describePlace(gap('behind', 0.004, 0.003), 'share').short).toBe('behind by 0.4');
    expect(describePlace(gap('behind', 0.004, 0.003), 'number').short).toBe('behind by 0.004');
  });

  it('counts runs that are too many to name', () => {
    const votes = ['A', 'C', 'D'].map((name) => score(name, 0.92, gap('close', 0.01)));
    const behind = ['E', 'F', 'G', 'H'].map((name, i) =>
      score(name, 0.8 - i / 50, gap('behind', 0.13 + i / 50)),
    );
    expect(sentences(answerOf([best, ...votes, ...behind]))[0]).toBe(
      'On section, four of eight runs are too close to call; the other four are clearly behind, by 13 points (8 to 18) and more.',
    );
  });

  it('lets the closeness of labels decide where votes cannot, among the runs that are close', () => {
    const asked: (readonly string[])[] = [];
    const closeness = (among: readonly string[]) => {
      asked.push(among);
      return [score('A', 0.89, { kind: 'highest' }), score('B', 0.84, gap('behind', 0.05, 0.02))];
    };
    const told = answerOf([close, best], closeness);
    expect(sentences(told)[0]).toBe(
      'On section, nearest rows cannot tell the runs apart, but A keeps rows of one section closest (0.89), by 0.05 (0.03 to 0.07) over B.',
    );
    const partly = answerOf([close, best, score('C', 0.7, gap('behind', 0.23))], closeness);
    expect(sentences(partly)[1]).toContain(
      'of rows. Of these, A keeps rows of one section closest (0.89), by 0.05 (0.03 to 0.07) over B. A and B agree',
    );
    expect(asked).toEqual([
      ['B', 'A'],
      ['B', 'A'],
    ]);
  });

  it('puts judged pairs first where they can tell, and last where they cannot', () => {
    const gold = (other: AnswerScore['verdict']) => ({
      measure: 'spearman' as const,
      scores: [score('A', 0.84, { kind: 'highest' }), score('B', 0.8, other)],
    });
    const told = answerOf([close, best], undefined, { gold: gold(gap('behind', 0.04, 0.01)) });
    expect(sentences(told)).toEqual([
      'On the gold pairs, A leads B by 0.04 (0.03 to 0.05).',
      expect.stringMatching(
        /^Its cosines follow the scores with a rank correlation of 0\.84\. On section, B and A are too close to call\. A and B agree/,
      ),
    ]);
    const untold = answerOf([score('A', 0.8, gap('behind', 0.13)), best], undefined, {
      gold: gold(gap('close', 0.04)),
    });
    expect(sentences(untold)[0]).toBe('On section, B leads A by 13 points (8 to 18).');
    expect(sentences(untold)[1]).toContain('On the gold pairs, A and B are too close to call. A and B agree');
    const alone = answerOf([close, best], undefined, { labels: null, gold: gold(gap('close', 0.04)) });
    expect(sentences(alone)[0]).toBe('On the gold pairs, A and B are too close to call.');
  });

  it('names the shortest vectors among runs that are equally good', () => {
    const widths = new Map([
      ['A', { width: 384, from: { id: 'dimensions A' } }],
      ['B', { width: 1024, from: { id: 'dimensions B' } }],
    ]);
    const answer = answerOf([close, best], undefined, { widths });
    expect(sentences(answer)[1]).toContain('The shortest vectors among them: A, 384 numbers. A and B');
    expect(answer.detail).toContainEqual({ text: '384', from: { id: 'dimensions A' } });
  });

  it('says first that a handful of rows tells little, the numbers second', () => {
    const pairs = [pairOf('A', 'B', 0.25)];
    const few = (rows: number) => composeAnswer({ ...whole, names: ['A', 'B'], pairs, rows, chance: 1 / 28 });
    expect(sentences(few(29))).toEqual([
      '29 rows are too few to tell how far A and B agree.',
      'A and B agree on 25 % of nearest neighbours. Shared of 10 nearest, a mean over the rows; chance is 4 %. 10 are many of 29 rows. Over 29 rows.',
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
