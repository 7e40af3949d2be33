import { seededRandom } from '@/core/random';

const syllables = [
  ...['ba', 'do', 'fen', 'gi', 'hul', 'ka', 'lor', 'mi', 'nas', 'pe'],
  ...['qui', 'ros', 'sa', 'tur', 'vo', 'wim', 'ye', 'zan', 'chi', 'pra'],
];
const topicCount = 50;
const commonCount = 200;
const wordsOfTopic = 60;

/**
 * Made-up sentences, all different, about 110 characters each: half common words, half words of one of fifty topics. Each
 * begins with its row, by which the reply server knows it.
 */
export function makeTexts(count: number): string[] {
  const random = seededRandom(20_261_122);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const makeWord = () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(syllables)).join('');
  const common = Array.from({ length: commonCount }, makeWord);
  const topics = Array.from({ length: topicCount }, () => Array.from({ length: wordsOfTopic }, makeWord));
  return Array.from({ length: count }, (_, row) => {
    const topic = topics[row % topicCount]!;
    const words = Array.from({ length: 18 }, () => pick(random() < 0.5 ? common : topic));
    return `${row} ${words.join(' ')}.`;
  });
}
