import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import type { CandidateLists } from './candidate-scan';
import { putLists } from './neighbour-lists';
import { rankCandidates } from './rank-candidates';
import {
  makeUnitRows,
  openReferenceRowProducts,
  pickMembers,
  propertySeed,
  referenceCosines,
  rowRecipes,
} from './reference-similarity';

/** Scores are cosines less the offset, in these units. */
const unit = 2 ** -30;
const offset = 0.25;
const scoreOf = (cosine: number) => Math.round((cosine - offset) / unit);

/** Lists of the `keep` largest of the given scores of each row, pairs dealt out over `parts` lists. */
function listsFrom(scores: number[][], keep: number, parts: number, error: number): CandidateLists[] {
  return Array.from({ length: parts }, (_, part) => {
    const lists = scores.map((line, position) =>
      line
        .map((score, at) => ({ score, at }))
        .filter(({ at }) => at !== position && (at + position) % parts === part)
        .sort((a, b) => b.score - a.score || a.at - b.at)
        .slice(0, keep),
    );
    const spread = (pick: (entry: { score: number; at: number }) => number, none: number) =>
      Int32Array.from(
        lists.flatMap((list) => Array.from({ length: keep }, (_, i) => (list[i] ? pick(list[i]) : none))),
      );
    return {
      keep,
      unit,
      offset,
      error,
      positions: spread(({ at }) => at, -1),
      scores: spread(({ score }) => score, 0),
    };
  });
}

describe('rankCandidates', () => {
  it('is right about every row that it settles, however wrong the scores are within their bound', () => {
    let settled = 0;
    let open = 0;
    fc.assert(
      fc.property(
        rowRecipes(60, [3, 33]),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(1e-6, 1e-3, 0.05),
        (recipe, k, more, parts, error) => {
          const rows = makeUnitRows(recipe);
          const members = pickMembers(recipe.count, 0.8, recipe.seed);
          const cosines = referenceCosines(rows, members);
          // The worst that rounding may do: the far ones look nearer, the near ones farther.
          const scores = cosines.map((line) => {
            const middle = [...line].sort((a, b) => b - a)[k] ?? 0;
            return line.map((value) => scoreOf(value + (value < middle ? error : -error)));
          });
          const keep = Math.max(0, Math.min(k + more, members.length - 1));
          const lists = listsFrom(scores, keep, parts, error);
          const ranked = finishWork(
            rankCandidates({
              rows,
              members,
              wanted: Uint32Array.from(members.keys()),
              k,
              lists,
              openRowProducts: openReferenceRowProducts,
            }),
          );
          const unsettled = new Set(ranked.unsettled);
          expect([...unsettled]).toEqual([...unsettled].sort((a, b) => a - b));
          for (let position = 0; position < members.length; position++) {
            if (unsettled.has(position)) {
              open++;
              continue;
            }
            settled++;
            const expected = cosines[position]!.map((value, at) => ({
              value: Math.fround(Math.max(-1, Math.min(1, value))),
              at,
            }))
              .filter(({ at }) => at !== position)
              .sort((a, b) => b.value - a.value || a.at - b.at)
              .slice(0, k);
            const ids = [...ranked.ids.subarray(position * k, (position + 1) * k)];
            expect(ids).toEqual(
              Array.from({ length: k }, (_, i) => (expected[i] ? members[expected[i].at] : -1)),
            );
            expected.forEach(({ value }, i) => {
              expect(ranked.similarities[position * k + i]).toBe(value);
            });
          }
        },
      ),
      { seed: propertySeed, numRuns: 150 },
    );
    expect(settled).toBeGreaterThan(1000);
    expect(open).toBeGreaterThan(1000);
  });

  it('ranks some of the members, in any order, as it ranks all', () => {
    const rows = makeUnitRows({ count: 50, dims: 33, seed: 3, pull: 0.5, copies: 0.3 });
    const members = pickMembers(50, 0.9, 3);
    const scores = referenceCosines(rows, members).map((line) => line.map((value) => scoreOf(value)));
    const lists = listsFrom(scores, 9, 2, 1e-6);
    const rank = (wanted: Uint32Array) =>
      finishWork(
        rankCandidates({
          rows,
          members,
          wanted,
          k: 6,
          lists,
          openRowProducts: openReferenceRowProducts,
        }),
      );
    const whole = rank(Uint32Array.from(members.keys()));
    const wanted = Uint32Array.of(29, 3, 11, 0, 17, members.length - 1, 12);
    const part = rank(wanted);
    const placed = {
      ids: new Int32Array(members.length * 6),
      similarities: new Float32Array(members.length * 6),
    };
    putLists(part, wanted, 6, placed);
    for (const position of wanted) {
      const own = [position * 6, (position + 1) * 6] as const;
      expect(placed.ids.slice(...own)).toEqual(whole.ids.slice(...own));
      expect(placed.similarities.slice(...own)).toEqual(whole.similarities.slice(...own));
    }
    expect([...part.unsettled]).toEqual([...whole.unsettled].filter((position) => wanted.includes(position)));
  });

  it('says −1 and NaN where there are fewer than k others', () => {
    const rows = makeUnitRows({ count: 3, dims: 3, seed: 1, pull: 0, copies: 0 });
    const members = Uint32Array.of(0, 1, 2);
    const scores = referenceCosines(rows, members).map((line) => line.map((value) => scoreOf(value)));
    const lists = listsFrom(scores, 2, 1, 1e-4);
    const { ids, similarities, unsettled } = finishWork(
      rankCandidates({
        rows,
        members,
        wanted: members,
        k: 4,
        lists,
        openRowProducts: openReferenceRowProducts,
      }),
    );
    expect([ids[2], ids[3]]).toEqual([-1, -1]);
    expect([similarities[2], similarities[3]]).toEqual([Number.NaN, Number.NaN]);
    expect(unsettled.length).toBe(0);
  });
});
