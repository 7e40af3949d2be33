const longest = 24;

/** Names for a sentence: long ones lose their end, or their middle, or nothing, whichever first keeps them all apart. */
export function shortenNames(names: readonly string[]): string[] {
  for (const cut of [cutEnd, cutMiddle]) {
    const short = names.map(cut);
    if (new Set(short).size === new Set(names).size) return short;
  }
  return [...names];
}

function cutEnd(name: string): string {
  return name.length <= longest ? name : `${name.slice(0, longest - 1).replace(/[\s·_-]+$/, '')}…`;
}

function cutMiddle(name: string): string {
  if (name.length <= longest) return name;
  const half = Math.floor((longest - 1) / 2);
  return `${name.slice(0, half).replace(/[\s·_-]+$/, '')}…${name.slice(-half).replace(/^[\s·_-]+/, '')}`;
}
