/** Names a pair of runs, whichever comes first. */
export function pairKey(a: { readonly slot: number }, b: { readonly slot: number }): string {
  return a.slot < b.slot ? `${a.slot}-${b.slot}` : `${b.slot}-${a.slot}`;
}
