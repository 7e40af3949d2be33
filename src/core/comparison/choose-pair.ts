/** A run in tab Compare, as far as choosing it goes. */
interface Candidate {
  readonly id: string;
  readonly spec: { readonly provider: string };
}

/** The chosen ids, left and right; null is left to the page. */
export type PairChoice = readonly [string | null, string | null];

/**
 * The two runs to compare. A choice that is not among `runs` counts as none; then A is the active run and B the first
 * other one from a server, or else the first other one. Null where there are fewer than two runs.
 */
export function choosePair<Run extends Candidate>(
  runs: readonly Run[],
  [choiceA, choiceB]: PairChoice,
  activeId: string | null,
): readonly [Run, Run] | null {
  const chosenA = runs.find(({ id }) => id === choiceA);
  const chosenB = runs.find(({ id }) => id === choiceB && id !== chosenA?.id);
  const free = runs.filter((run) => run !== chosenB);
  const a = chosenA ?? free.find(({ id }) => id === activeId) ?? free[0];
  const others = runs.filter((run) => run !== a);
  const b = chosenB ?? others.find(({ spec }) => spec.provider !== 'baseline') ?? others[0];
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
