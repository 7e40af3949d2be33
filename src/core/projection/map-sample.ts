import { seededRandom } from '@/core/random';

/** Fisher and Yates' shuffle, in place; returns what it was given. */
function shuffle(places: Uint32Array<ArrayBuffer>, seed: number): Uint32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  for (let i = places.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  return places;
}

/** Members to look at, ascending: all of up to `all`, else `some` of them by chance. The caller owns the array. */
export function sampleMembers(
  count: number,
  limits: { readonly all: number; readonly some: number },
  seed: number,
): Uint32Array<ArrayBuffer> {
  const members = Uint32Array.from({ length: count }, (_, i) => i);
  return count <= limits.all ? members : shuffle(members, seed).slice(0, limits.some).sort();
}

/** A map whose points have changed places by chance: what a map without any meaning looks like. A new array. */
export function shufflePlaces(layout: Float32Array, seed: number): Float32Array<ArrayBuffer> {
  const places = shuffle(
    Uint32Array.from({ length: layout.length / 2 }, (_, i) => i),
    seed,
  );
  const shuffled = new Float32Array(layout.length);
  places.forEach((place, i) => {
    shuffled[2 * i] = layout[2 * place]!;
    shuffled[2 * i + 1] = layout[2 * place + 1]!;
  });
  return shuffled;
}
