import { similarityCsvLine } from '@/core/export/similarity-csv';
import { similarityLines } from '@/core/similarity/similarity-matrix';
import type { TileProduct } from '@/core/similarity/tile-product';
import type { UnitRows } from '@/core/similarity/unit-rows';
import type { Work, WorkProgress } from '@/core/work';

/**
 * The cosines of dataset rows with each other as CSV parts, one line a row and in it one cell a row; both are the `listed` rows
 * (ascending), of which `members` (ascending) have a vector. The cells of others are empty.
 */
export function* similarityCsv(request: {
  rows: UnitRows;
  listed: Uint32Array;
  members: Uint32Array;
  product: TileProduct;
}): Work<string[]> {
  const { rows, listed, members, product } = request;
  const parts: string[] = [];
  const emptyLine = similarityCsvLine(new Float32Array(listed.length).fill(Number.NaN));
  const line = new Float32Array(listed.length).fill(Number.NaN);
  const places = placesIn(listed, members);
  let at = 0;
  const blocks = similarityLines({ rows, members, product });
  for (let step = blocks.next(); !step.done; step = blocks.next()) {
    const { from, count, values, done, total } = step.value;
    for (let i = 0; i < count; i++) {
      for (; at < places[from + i]!; at++) parts.push(emptyLine);
      places.forEach((place, position) => {
        line[place] = values[i * members.length + position]!;
      });
      parts.push(similarityCsvLine(line));
      at++;
    }
    yield { done, total } satisfies WorkProgress;
  }
  for (; at < listed.length; at++) parts.push(emptyLine);
  return parts;
}

/** Where rows stand among the listed ones; both ascending, none missing. */
function placesIn(listed: Uint32Array, rows: Uint32Array): Uint32Array {
  let place = 0;
  return rows.map((row) => {
    while (listed[place]! < row) place++;
    return place;
  });
}
