import type { Work } from '@/core/work';
import { looseNumbers, readNumber } from './number-cells';
import { type TextColumn, textAt } from './text-column';

/** Names of two columns: across and up. */
export type CoordinateColumns = readonly [x: string, y: string];

const sampledCells = 200;
const leastNumbers = 0.5;

/** How the two axes of a map are told apart by the end of a name, once spaces, dots and dashes are underscores. */
const axisEnds = [
  ['x', 'y'],
  ['1', '2'],
  ['0', '1'],
  ['one', 'two'],
  ['a', 'b'],
] as const;

const mapWords =
  '(?:umap|t_?sne|tsne|pca|pc|mds|pacmap|trimap|phate|isomap|densmap|projection|projected|proj|embedding|embed|layout|map|coord|coords|coordinate|coordinates|pos|position|component|comp|dim|dimension|plot|viz|2d|_|\\d+d)*';
const mapName = new RegExp(`^${mapWords}$`);

/**
 * The two columns that are most likely places on a map: `x` and `y`, else a pair such as `umap_1`, `umap_2` or `tsne-x`,
 * `tsne-y`, half of whose cells are numbers. Null where there is no such pair.
 */
export function guessCoordinates(
  columns: readonly { readonly name: string; readonly cells: TextColumn }[],
  rowCount: number,
): readonly [number, number] | null {
  const names = columns.map(({ name }) => normalise(name));
  let best: { readonly pair: readonly [number, number]; readonly rank: number } | null = null;
  for (const [x, name] of names.entries()) {
    for (const [endX, endY] of axisEnds) {
      const stem = stemOf(name, endX);
      if (stem === null || !mapName.test(stem)) continue;
      // A bare 1 or a says nothing of a map.
      const isPlain = stem.replaceAll('_', '') === '';
      if (isPlain && endX !== 'x') continue;
      const y = names.indexOf(name.slice(0, name.length - endX.length) + endY);
      if (y < 0 || y === x) continue;
      const rank = isPlain ? 2 : endX === 'x' ? 1 : 0;
      if (best !== null && best.rank >= rank) continue;
      if (![x, y].every((column) => holdsNumbers(columns[column]!.cells, rowCount))) continue;
      best = { pair: [x, y], rank };
    }
  }
  return best?.pair ?? null;
}

function normalise(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s.:\-/()[\]]+/g, '_')
    .replace(/_+$/, '');
}

/** What stands before the end that names the axis; null where the name does not end so, or a number goes on before it. */
function stemOf(name: string, end: string): string | null {
  if (!name.endsWith(end)) return null;
  const stem = name.slice(0, name.length - end.length);
  const isCut = /\d$/.test(end) ? /\d$/.test(stem) : stem !== '' && !stem.endsWith('_');
  return isCut ? null : stem;
}

function holdsNumbers(cells: TextColumn, rowCount: number): boolean {
  const sampled = Math.min(rowCount, sampledCells);
  let numbers = 0;
  for (let i = 0; i < sampled; i++) {
    const value = readNumber(textAt(cells, Math.floor((i * rowCount) / sampled)));
    if (value !== null && Number.isFinite(value)) numbers++;
  }
  return numbers > 0 && numbers >= leastNumbers * sampled;
}

/** Places out of two columns: rows × 2, both NaN where either cell is empty, no number or infinite. */
export function* readCoordinates(x: TextColumn, y: TextColumn): Work<Float32Array<ArrayBuffer>> {
  const across = yield* looseNumbers(x);
  const up = yield* looseNumbers(y);
  const places = new Float32Array(2 * across.length).fill(Number.NaN);
  for (let row = 0; row < across.length; row++) {
    const [a, b] = [Math.fround(across[row]!), Math.fround(up[row] ?? Number.NaN)];
    if (Number.isFinite(a) && Number.isFinite(b)) places.set([a, b], 2 * row);
  }
  return places;
}
