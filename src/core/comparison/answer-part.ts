/** A part of the comparison that is not always on the page. */
export type SourcePlace = 'scoreboard' | 'gold' | 'overlap';

/** Where a number stands: the id of its element, and the part of the comparison it belongs to. */
export interface Source {
  readonly id: string;
  readonly under?: SourcePlace;
}

/** A piece of a sentence; a number says which element on the page it is read from. */
export type AnswerPart = string | { readonly text: string; readonly from: Source };

export function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const numbers = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** A small number as a word. */
export function numberWord(count: number): string {
  return numbers[count] ?? count.toLocaleString('en');
}

/** A share in whole per cent, never rounded to none or all. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (share > 0 && rounded === 0) return 'less than 1 %';
  if (share < 1 && rounded === 100) return 'more than 99 %';
  return `${rounded} %`;
}
