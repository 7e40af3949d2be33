import { expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { segmenterWords } from '@/core/embedding/baseline/split-words';
import { countTerms } from '@/core/embedding/baseline/term-counts';
import { finishWork } from '@/core/work';
import { keywordsOf, nameGroups } from './keywords';

const split = segmenterWords()!;

function keywords(texts: readonly string[], groupOf: readonly number[], most = 5) {
  const packed = packTexts([...texts]);
  return finishWork(
    keywordsOf({
      texts: packed,
      counts: finishWork(countTerms(packed, split)),
      groupOf: Int32Array.from(groupOf),
      groupCount: Math.max(...groupOf) + 1,
      most,
    }),
  );
}

const english = [
  'How do I get a new credit card for the trip?',
  'The credit card has not arrived yet.',
  'Is the credit card free for the first year?',
  'I lost the credit card on a train.',
  'The train to the coast is late again.',
  'When does the train to the north leave?',
  'The night train is full and the morning one is late.',
  'Late trains are the worst, and the train was dirty.',
];
const englishGroups = [0, 0, 0, 0, 1, 1, 1, 1];

it('names groups by words that the others do not have, pairs as pairs, and no stop words', () => {
  const [cards, trains] = keywords(english, englishGroups);
  expect(cards![0]).toEqual({ term: 'credit card', rows: 4, rowsInAll: 4 });
  expect(trains!.map(({ term }) => term).join()).toContain('train');
  for (const list of [cards!, trains!])
    expect(list.flatMap(({ term }) => term.split(' '))).not.toContain('the');
});

it('puts a topic before words that a small group only has more often, in any script', () => {
  // Eight rows a group; the filler is in six rows of the first and one of each other group, a topic word in two rows.
  for (const { filler, topics } of [
    { filler: 'was', topics: ['train', 'garden', 'orbit', 'butter'] },
    { filler: 'было', topics: ['поезд', 'огород', 'орбита', 'масло'] },
    { filler: 'です', topics: ['列車', '庭', '軌道', 'バター'] },
  ]) {
    const texts = topics.flatMap((topic, group) =>
      Array.from({ length: 8 }, (_, row) =>
        [
          row < 2 ? topic : '',
          `q${group}${row}`,
          row < (group === 0 ? 6 : 1) ? filler : `x${group}${row}`,
        ].join(' '),
      ),
    );
    const lists = keywords(
      texts,
      texts.map((_, row) => row >> 3),
    );
    expect(lists.map((list) => list[0]!.term)).toEqual(topics);
    expect(lists[0]!.map(({ term }) => term)).toContain(filler);
  }
});

it('names no word twice in two of its forms', () => {
  const texts = [
    'a fee was charged',
    'they charge a fee',
    'charged a fee',
    'why charge it',
    'chance met us',
    'no rain',
  ];
  const [fees] = keywords([...texts, 'sun', 'wind'], [0, 0, 0, 0, 1, 1, 1, 1]);
  expect(fees!.filter(({ term }) => /charge/.test(term))).toHaveLength(1);
});

it('writes pairs as their script does', () => {
  const chinese = [
    '东京铁塔很高',
    '我喜欢东京铁塔',
    '东京铁塔的夜景',
    '猫在睡觉',
    '小猫睡觉了',
    '猫喜欢睡觉',
  ];
  const [tower, cats] = keywords(chinese, [0, 0, 0, 1, 1, 1]);
  expect(tower!.map(({ term }) => term).join()).toContain('塔');
  expect(tower!.every(({ term }) => !term.includes(' '))).toBe(true);
  expect(cats!.map(({ term }) => term).join()).toContain('睡觉');
  const russian = ['красная машина едет', 'красная машина стоит', 'синее море шумит', 'синее море тихо'];
  expect(keywords(russian, [0, 0, 1, 1]).map((list) => list[0]!.term)).toEqual([
    'красная машина',
    'синее море',
  ]);
});

it('holds a selection against all other rows', () => {
  const [selected] = keywords(english, [-1, -1, -1, -1, 0, 0, -1, -1]);
  expect(selected!.map(({ term }) => term).join()).toContain('train');
});

it('counts rows as a plain count does', () => {
  const has = (text: string, term: string) => ` ${split(text).join(' ')} `.includes(` ${term} `);
  const repeated = [...english, ...english];
  const groups = [...englishGroups, ...englishGroups];
  keywords(repeated, groups).forEach((list, group) => {
    expect(list.length).toBeGreaterThan(0);
    for (const { term, rows, rowsInAll } of list) {
      expect(rows).toBe(repeated.filter((text, row) => groups[row] === group && has(text, term)).length);
      expect(rowsInAll).toBe(repeated.filter((text) => has(text, term)).length);
    }
  });
});

it('never calls two groups the same, and numbers one without words', () => {
  const word = (term: string) => [{ term, rows: 2, rowsInAll: 2 }];
  expect(nameGroups([word('card'), word('card'), [], word('train')])).toEqual([
    'card',
    'card (2)',
    'cluster 3',
    'train',
  ]);
});
