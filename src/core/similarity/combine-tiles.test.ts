import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { buildPyramid, similarityTile } from './block-pyramid';
import { combineTiles } from './combine-tiles';
import { makeUnitRows, referenceProduct as product, referenceCosines } from './reference-similarity';

const count = 45;
const size = 7;
const order = Uint32Array.from({ length: count }, (_, at) => (at * 7) % count);
const a = { rows: makeUnitRows({ count, dims: 5, seed: 1, pull: 0.5, copies: 0 }), mean: 0.3, sd: 0.2 };
const b = { rows: makeUnitRows({ count, dims: 9, seed: 2, pull: 0, copies: 0 }), mean: 0, sd: 0.4 };

it.each(['difference', 'halves'] as const)(
  '%s: every cell is the plain mean of its pairs of z, at every level',
  (kind) => {
    const inA = referenceCosines(a.rows, order);
    const inB = referenceCosines(b.rows, order);
    const zA = (i: number, j: number) => (inA[i]![j]! - a.mean) / a.sd;
    const zB = (i: number, j: number) => (inB[i]![j]! - b.mean) / b.sd;
    for (let level = 0; level < 6; level++) {
      const span = 2 ** level;
      for (const [rowBlock, columnBlock] of [
        [0, 0],
        [1, 0],
        [0, 3],
        [2, 2],
      ] as const) {
        const place = { level, rowBlock, columnBlock, size };
        const [ofA, ofB] = [a, b].map(({ rows }) => {
          const lines = finishWork(buildPyramid({ rows, order }));
          return similarityTile({ rows, lines, columns: lines, product, ...place });
        });
        const tile = combineTiles(ofA!, ofB!, place, { kind, a, b, lines: order, columns: order });
        tile.forEach((cell, at) => {
          const line = rowBlock + Math.floor(at / size);
          const column = columnBlock + (at % size);
          const pairs: number[] = [];
          let isWithin = false;
          for (let i = line * span; i < Math.min(count, (line + 1) * span); i++) {
            for (let j = column * span; j < Math.min(count, (column + 1) * span); j++) {
              isWithin = true;
              if (i !== j)
                pairs.push(kind === 'difference' ? zA(i, j) - zB(i, j) : i < j ? zA(i, j) : zB(i, j));
            }
          }
          if (!isWithin) expect(cell).toBeNaN();
          else if (pairs.length > 0) {
            expect(Math.abs(cell - pairs.reduce((sum, z) => sum + z, 0) / pairs.length)).toBeLessThan(5e-5);
          } else if (kind === 'difference' && level === 0) expect(cell).toBe(0);
        });
      }
    }
  },
);
