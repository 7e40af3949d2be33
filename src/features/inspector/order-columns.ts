interface Run {
  readonly id: string;
}

/** The runs in the order their neighbours are listed: those that were chosen, the active one, then the others as they were added. */
export function orderColumns<R extends Run>(
  settled: readonly R[],
  choice: readonly (string | null)[],
  activeId: string | null,
): R[] {
  const named = [...choice, activeId].flatMap((id) => settled.find((run) => run.id === id) ?? []);
  return [...new Set([...named, ...settled])];
}

/** The order after the column at `place` was given a run, which changes places with the one that stood there. */
export function chooseRun(shown: readonly Run[], place: number, id: string): string[] {
  const order = shown.map((run) => run.id);
  const from = order.indexOf(id);
  const before = order[place];
  if (from < 0 || before === undefined) return order;
  order[from] = before;
  order[place] = id;
  return order;
}
