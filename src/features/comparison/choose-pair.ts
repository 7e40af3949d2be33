/** A run in tab Compare, as far as choosing it goes. */
interface Candidate {
  readonly id: string;
}

/** The chosen ids, left and right; null is left to the page. */
export type PairChoice = readonly [string | null, string | null];

/**
 * The two runs to compare. A choice that is not among `runs` counts as none; then A is the active run and B the first
 * other one. Null where there are fewer than two runs.
 */
export function choosePair<Run extends Candidate>(
  runs: readonly Run[],
  [choiceA, choiceB]: PairChoice,
  activeId: string | null,
): readonly [Run, Run] | null {
  const chosenA = runs.find(({ id }) => id === choiceA);
  const chosenB = runs.find(({ id }) => id === choiceB && id !== chosenA?.id);
  const others = runs.filter((run) => run !== chosenB);
  const a = chosenA ?? others.find(({ id }) => id === activeId) ?? others[0];
  const b = chosenB ?? runs.find((run) => run !== a);
  return a === undefined || b === undefined ? null : [a, b];
}

/** The pair with another run on one side; choosing the run of the other side swaps the two. */
export function replaceSide(
  [a, b]: readonly [string, string],
  side: 0 | 1,
  chosen: string,
): [string, string] {
  if (chosen === (side === 0 ? b : a)) return [b, a];
  return side === 0 ? [chosen, b] : [a, chosen];
}
