import { bootstrap, bootstrapMeans, type Estimate, withInterval } from '@/core/evaluation/bootstrap';
import type { TileProduct } from '@/core/similarity/tile-product';
import type { UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';
import { separationAuc } from './separation-auc';
import { silhouettes } from './silhouettes';

/** Rows that can be scored by their labels: those with a label that another compared row has too. */
export interface LabelledRows {
  /** Dataset rows, ascending. */
  readonly members: Uint32Array<ArrayBuffer>;
  /** Class of each member, from 0. */
  readonly classOf: Int32Array<ArrayBuffer>;
  readonly classCount: number;
  /** Neighbours that vote: 10, at most the smallest class less one. */
  readonly k: number;
  /** Share of the most frequent label. */
  readonly majority: number;
  readonly withoutLabel: number;
  /** Rows left out because no other has their label. */
  readonly alone: number;
}

const votersAtMost = 10;

/** The rows out of `rows` that can be scored; `groupOf` has a group for each dataset row, −1 for none. */
export function labelledRows(groupOf: Int32Array, rows: Uint32Array): LabelledRows {
  let groupCount = 0;
  for (let i = 0; i < rows.length; i++) groupCount = Math.max(groupCount, groupOf[rows[i]!]! + 1);
  const counts = new Uint32Array(groupCount);
  /** Groups in the order in which they appear. */
  const groups: number[] = [];
  let withoutLabel = 0;
  for (let i = 0; i < rows.length; i++) {
    const group = groupOf[rows[i]!]!;
    if (group < 0) withoutLabel++;
    else if (counts[group]!++ === 0) groups.push(group);
  }
  const classOfGroup = new Int32Array(groupCount).fill(-1);
  let classCount = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const group of groups) {
    const count = counts[group]!;
    if (count < 2) continue;
    classOfGroup[group] = classCount++;
    smallest = Math.min(smallest, count);
    largest = Math.max(largest, count);
  }
  const members = new Uint32Array(rows.length);
  const classOf = new Int32Array(rows.length);
  let memberCount = 0;
  for (let i = 0; i < rows.length; i++) {
    const group = groupOf[rows[i]!]!;
    const found = group < 0 ? -1 : classOfGroup[group]!;
    if (found < 0) continue;
    members[memberCount] = rows[i]!;
    classOf[memberCount++] = found;
  }
  return {
    members: members.slice(0, memberCount),
    classOf: classOf.slice(0, memberCount),
    classCount,
    k: Math.max(1, Math.min(votersAtMost, smallest - 1)),
    majority: memberCount === 0 ? 0 : largest / memberCount,
    withoutLabel,
    alone: rows.length - memberCount - withoutLabel,
  };
}

/** How well one run's neighbours and similarities follow the labels. */
export interface LabelScores {
  readonly knnAccuracy: Estimate;
  readonly knnMacroF1: Estimate;
  readonly separationAuc: Estimate;
  readonly silhouette: Estimate;
  /** Replicates of the four, drawn for the same rows in every run, so that differences can be taken. */
  readonly replicates: Readonly<Record<LabelMeasure, Float64Array<ArrayBuffer>>>;
  /** The class that each member's neighbours vote for. */
  readonly votes: Int32Array<ArrayBuffer>;
  readonly silhouetteOf: Float32Array<ArrayBuffer>;
  /** Of each member, the share of different-label pairs that its own same-label pairs beat (half for ties); NaN without such pairs. */
  readonly closenessOf: Float32Array<ArrayBuffer>;
  /** Pairs drawn for the separation where there are too many, null where all were taken. */
  readonly sampledPairs: number | null;
}

export type LabelMeasure = 'knnAccuracy' | 'knnMacroF1' | 'separationAuc' | 'silhouette';

interface Request {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly classOf: Int32Array;
  readonly classCount: number;
  readonly k: number;
  /** members.length × listLength dataset rows out of the members, nearest first, and their similarities. */
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
  readonly listLength: number;
  readonly product: TileProduct;
}

/** All scores by labels of one run, over at least two classes of two rows. Sources and definitions with each function. */
export function* labelScores(request: Request): Work<LabelScores> {
  const { members, classOf, classCount } = request;
  const classOfRow = new Map(Array.from(members, (row, i) => [row, classOf[i]!]));
  const votes = voteByNeighbours({
    ...request,
    classOf: (row) => classOfRow.get(row),
    count: members.length,
  });
  const [accuracies, f1s] = yield* votesOfDraws(votes, classOf, classCount);
  const all = Uint32Array.from(members, (_, i) => i);
  const own = scoreVotes(votes, classOf, classCount, all);
  const separation = yield* separationAuc(request);
  const silhouetteOf = yield* silhouettes(request);
  const [means] = yield* bootstrapMeans([silhouetteOf], members.length);
  return {
    knnAccuracy: withInterval(own.accuracy, accuracies),
    knnMacroF1: withInterval(own.macroF1, f1s),
    separationAuc: withInterval(separation.value, separation.replicates),
    silhouette: withInterval(meanOf(silhouetteOf), means!),
    replicates: {
      knnAccuracy: accuracies,
      knnMacroF1: f1s,
      separationAuc: separation.replicates,
      silhouette: means!,
    },
    votes,
    silhouetteOf: Float32Array.from(silhouetteOf),
    closenessOf: separation.closenessOf,
    sampledPairs: separation.sampledPairs,
  };
}

/**
 * Votes of the k nearest of each of `count` rows, each as heavy as its similarity; of classes with equal votes, that of the nearest
 * row; −1 where none votes.
 */
export function voteByNeighbours(request: {
  /** Class of a row that is named in the lists; undefined where it does not vote. */
  readonly classOf: (id: number) => number | undefined;
  readonly count: number;
  readonly classCount: number;
  readonly k: number;
  /** count × listLength, nearest first. */
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
  readonly listLength: number;
}): Int32Array<ArrayBuffer> {
  const { classOf, count, classCount, k, ids, similarities, listLength } = request;
  const weights = new Float64Array(classCount);
  return Int32Array.from({ length: count }, (_, i) => {
    const start = i * listLength;
    const seen: number[] = [];
    for (let at = start; at < start + Math.min(k, listLength); at++) {
      const voted = classOf(ids[at]!);
      if (voted === undefined) continue;
      if (!seen.includes(voted)) {
        seen.push(voted);
        weights[voted] = 0;
      }
      weights[voted]! += similarities[at]!;
    }
    let best = seen[0] ?? -1;
    for (const voted of seen) if (weights[voted]! > weights[best]!) best = voted;
    return best;
  });
}

/** Accuracy and macro-F1 (mean over the classes that occur or are voted for) of the picked rows. */
function scoreVotes(
  votes: Int32Array,
  classOf: Int32Array,
  classCount: number,
  picks: Uint32Array,
): { accuracy: number; macroF1: number } {
  const right = new Uint32Array(classCount);
  const actual = new Uint32Array(classCount);
  const voted = new Uint32Array(classCount);
  let correct = 0;
  for (let i = 0; i < picks.length; i++) {
    const row = picks[i]!;
    const own = classOf[row]!;
    actual[own]!++;
    if (votes[row]! >= 0) voted[votes[row]!]!++;
    if (votes[row] === own) {
      right[own]!++;
      correct++;
    }
  }
  let sum = 0;
  let counted = 0;
  for (let group = 0; group < classCount; group++) {
    const mentioned = actual[group]! + voted[group]!;
    if (mentioned === 0) continue;
    sum += (2 * right[group]!) / mentioned;
    counted++;
  }
  return { accuracy: correct / picks.length, macroF1: sum / counted };
}

function* votesOfDraws(votes: Int32Array, classOf: Int32Array, classCount: number) {
  const [accuracies, f1s] = yield* bootstrap({
    count: votes.length,
    statistics: 2,
    measure: (picks, out) => {
      const { accuracy, macroF1 } = scoreVotes(votes, classOf, classCount, picks);
      out[0] = accuracy;
      out[1] = macroF1;
    },
  });
  return [accuracies!, f1s!] as const;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
