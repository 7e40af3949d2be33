export const mostMaps = 4;

/**
 * The runs whose maps are shown, the reference first: those chosen (at most four maps), or until then the reference and
 * the run it is compared with.
 */
export function chooseMaps<Run extends { readonly id: string }>(
  runs: readonly Run[],
  reference: Run,
  other: Run,
  chosen: readonly string[] | null,
): Run[] {
  const wanted = chosen ?? [other.id];
  const beside = runs.filter(({ id }) => id !== reference.id && wanted.includes(id));
  return [reference, ...beside.slice(0, mostMaps - 1)];
}

/** The choice after one run's map was put on or taken off. */
export function toggleMap(shown: readonly { readonly id: string }[], id: string): string[] {
  const beside = shown.slice(1).map((run) => run.id);
  return beside.includes(id)
    ? beside.filter((other) => other !== id)
    : [...beside, id].slice(0, mostMaps - 1);
}
