/** Names that differ from `own` and from each other: one that is taken becomes `column:name`. */
export function distinctNames(names: readonly string[], own: readonly string[]): string[] {
  const taken = new Set(own);
  return names.map((name) => {
    let free = name;
    while (taken.has(free)) free = `column:${free}`;
    taken.add(free);
    return free;
  });
}
