interface Run {
  readonly id: string;
}

/**
 * The runs whose neighbours are listed: what was chosen while it is there, else the active run and the first other one. One
 * where there is only one, none where there is none.
 */
export function chooseColumns<R extends Run>(
  settled: readonly R[],
  choice: readonly [string | null, string | null],
  activeId: string | null,
): R[] {
  const named = (id: string | null) => settled.find((run) => run.id === id);
  const first = named(choice[0]) ?? named(activeId) ?? settled[0];
  if (first === undefined) return [];
  const others = settled.filter((run) => run !== first);
  const second =
    others.find(({ id }) => id === choice[1]) ?? others.find(({ id }) => id === activeId) ?? others[0];
  return second === undefined ? [first] : [first, second];
}

/** The choice after column `side` was given a run; one that stands in the other column changes places with it. */
export function chooseRun(shown: readonly Run[], side: 0 | 1, id: string): [string | null, string | null] {
  const [first, second] = [shown[0]?.id ?? null, shown[1]?.id ?? null];
  if (side === 0) return [id, second === id ? first : second];
  return [first === id ? second : first, id];
}
