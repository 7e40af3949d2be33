import { seededRandom } from '@/core/random';
import { averageRanks, correlateRanks } from '@/core/similarity/spearman';
import type { Work } from '@/core/work';

export interface MapQualityRequest {
  /** Different vectors on the maps. */
  readonly count: number;
  /** Writes the cosines of the next sampled member with all into `out`, `count` long; done once for each, in their order. */
  readonly nextCosines: (out: Float64Array) => Work<void>;
  /** Places on each map, count × 2. */
  readonly layouts: readonly Float32Array[];
  /** Neighbours looked at. */
  readonly k: number;
  /** Members whose neighbours are looked at, ascending. */
  readonly sample: Uint32Array;
  /** Pairs whose distances are compared for the global order, each with a sampled member. */
  readonly pairs: number;
  /** Seeds them. */
  readonly seed: number;
}

const mostBuckets = 65_536;

/** How far a map can be believed. A number is null where it cannot be had. */
export interface LayoutQuality {
  /** 1 where neighbours on the map are neighbours in the space; a shuffled map has about .5. */
  readonly trustworthiness: number | null;
  /** 1 where neighbours in the space are neighbours on the map. */
  readonly continuity: number | null;
  /** Spearman's correlation of distances on the map and in the space. */
  readonly globalOrder: number | null;
  /** Trustworthiness of each sampled member, on the same scale; NaN where there is none. */
  readonly trust: Float32Array<ArrayBuffer>;
}

/** Distances from one member to all, dealt into buckets by size so that a rank is a count within one bucket. */
class Space {
  readonly distances: Float64Array;
  readonly nearest: Int32Array;
  /** Bucket of each distance; no bucket holds a smaller distance than one before it. */
  readonly #bucketOf: Uint16Array;
  /** Where each bucket begins in `#order`, and after the last where that ends. */
  readonly #starts: Int32Array;
  /** Members by bucket, within one by index. */
  readonly #order: Int32Array;

  constructor(count: number, k: number) {
    this.distances = new Float64Array(count);
    this.nearest = new Int32Array(k);
    this.#bucketOf = new Uint16Array(count);
    this.#starts = new Int32Array(Math.min(mostBuckets, Math.max(1, count >> 2)) + 1);
    this.#order = new Int32Array(count);
  }

  /** Finds the k nearest of a member, ties by index, and readies `rankOf`. */
  rank(member: number): void {
    this.#deal(member);
    const { distances, nearest } = this;
    const order = this.#order;
    const starts = this.#starts;
    let filled = 0;
    for (let bucket = 0; filled < nearest.length && bucket + 1 < starts.length; bucket++) {
      for (let at = starts[bucket]!; at < starts[bucket + 1]!; at++) {
        const other = order[at]!;
        const distance = distances[other]!;
        if (filled === nearest.length && distance >= distances[nearest[filled - 1]!]!) continue;
        let place = filled < nearest.length ? filled++ : filled - 1;
        for (; place > 0 && distance < distances[nearest[place - 1]!]!; place--)
          nearest[place] = nearest[place - 1]!;
        nearest[place] = other;
      }
    }
  }

  /** Rank of another member, 1 for the nearest, from the member last given to `rank`. */
  rankOf(other: number): number {
    const { distances } = this;
    const bucket = this.#bucketOf[other]!;
    const limit = distances[other]!;
    const start = this.#starts[bucket]!;
    let rank = 1 + start;
    for (let at = start; at < this.#starts[bucket + 1]!; at++) {
      const i = this.#order[at]!;
      if (distances[i]! < limit || (distances[i] === limit && i < other)) rank++;
    }
    return rank;
  }

  #deal(member: number): void {
    const { distances } = this;
    const bucketOf = this.#bucketOf;
    const starts = this.#starts;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < distances.length; i++) {
      if (i === member) continue;
      const distance = distances[i]!;
      if (distance < least) least = distance;
      if (distance > most) most = distance;
    }
    const last = starts.length - 2;
    const scale = most > least ? last / (most - least) : 0;
    starts.fill(0);
    for (let i = 0; i < distances.length; i++) {
      if (i === member) continue;
      const bucket = Math.min(last, Math.floor((distances[i]! - least) * scale));
      bucketOf[i] = bucket;
      starts[bucket + 1]!++;
    }
    for (let bucket = 0; bucket <= last; bucket++) starts[bucket + 1]! += starts[bucket]!;
    // Each start moves to its bucket's end while members are put down, and is put back after.
    for (let i = 0; i < distances.length; i++) if (i !== member) this.#order[starts[bucketOf[i]!]!++] = i;
    for (let bucket = last; bucket > 0; bucket--) starts[bucket] = starts[bucket - 1]!;
    starts[0] = 0;
  }
}

/** Sum of how far beyond k the neighbours in one space are in the other. */
function sumOfIntruders(near: Space, far: Space, k: number): number {
  let sum = 0;
  for (const other of near.nearest) if (!far.nearest.includes(other)) sum += far.rankOf(other) - k;
  return sum;
}

/**
 * Trustworthiness and continuity (Venna and Kaski 2001) and the global order of maps of the same vectors: neighbours by
 * cosine against neighbours by Euclidean distance on the map, over the sampled members, each against all. Nothing of it for
 * k ≥ count / 2, where the scale of both ends. Progress counts members. The caller owns the results.
 */
export function* measureMaps(request: MapQualityRequest): Work<LayoutQuality[]> {
  const { count, nextCosines, layouts, sample } = request;
  const k = Math.min(request.k, Math.max(0, count - 1));
  const isScaled = k >= 1 && k < count / 2;
  const perRow = isScaled ? 2 / (k * (2 * count - 3 * k - 1)) : Number.NaN;
  const space = new Space(count, k);
  const map = new Space(count, k);
  const random = seededRandom(request.seed);
  const pairsPerMember = sample.length === 0 || count < 2 ? 0 : Math.ceil(request.pairs / sample.length);
  const pairCount = Math.min(request.pairs, pairsPerMember * sample.length);
  const apart = new Float64Array(pairCount);
  const results = layouts.map(() => ({
    intruders: 0,
    missing: 0,
    trust: new Float32Array(sample.length),
    apart: new Float64Array(pairCount),
  }));
  const partners = new Uint32Array(pairsPerMember);
  for (let at = 0; at < sample.length; at++) {
    const member = sample[at]!;
    yield* nextCosines(space.distances);
    for (let i = 0; i < count; i++) space.distances[i] = 1 - space.distances[i]!;
    space.rank(member);
    const firstPair = at * pairsPerMember;
    for (let i = 0; i < pairsPerMember; i++) {
      const other = Math.floor(random() * (count - 1));
      partners[i] = other < member ? other : other + 1;
      if (firstPair + i < pairCount) apart[firstPair + i] = space.distances[partners[i]!]!;
    }
    layouts.forEach((layout, which) => {
      const result = results[which]!;
      const x = layout[2 * member]!;
      const y = layout[2 * member + 1]!;
      for (let i = 0; i < count; i++)
        map.distances[i] = (layout[2 * i]! - x) ** 2 + (layout[2 * i + 1]! - y) ** 2;
      for (let i = 0; i < pairsPerMember && firstPair + i < pairCount; i++)
        result.apart[firstPair + i] = map.distances[partners[i]!]!;
      if (!isScaled) {
        result.trust[at] = Number.NaN;
        return;
      }
      map.rank(member);
      const intruders = sumOfIntruders(map, space, k);
      result.intruders += intruders;
      result.missing += sumOfIntruders(space, map, k);
      result.trust[at] = 1 - perRow * intruders;
    });
    yield { done: at + 1, total: sample.length };
  }
  const scaled = (sum: number) => (isScaled && sample.length > 0 ? 1 - (perRow * sum) / sample.length : null);
  const finished: LayoutQuality[] = [];
  const ranks = averageRanks(apart);
  for (const result of results) {
    yield { done: sample.length, total: sample.length };
    finished.push({
      trustworthiness: scaled(result.intruders),
      continuity: scaled(result.missing),
      globalOrder: correlateRanks(ranks, averageRanks(result.apart)),
      trust: result.trust,
    });
  }
  return finished;
}
