/**
 * Sixteen hex digits for each cluster that depend on nothing but which rows it has: two FNV-1a hashes (Fowler, Noll & Vo) of the
 * row numbers, ascending.
 *
 * @param clusterOf for each row its cluster below `count`, −1 for none
 */
export function clusterSignatures(clusterOf: Int32Array, count: number): string[] {
  const first = new Uint32Array(count).fill(0x811c9dc5);
  const second = new Uint32Array(count).fill(0xcbf29ce4);
  clusterOf.forEach((cluster, row) => {
    if (cluster < 0) return;
    for (let shift = 0; shift < 32; shift += 8) {
      const byte = (row >>> shift) & 255;
      first[cluster] = Math.imul(first[cluster]! ^ byte, 0x01000193);
      second[cluster] = Math.imul(second[cluster]! ^ (byte + 1), 0x01000193);
    }
  });
  const hex = (value: number) => value.toString(16).padStart(8, '0');
  return Array.from(first, (value, cluster) => hex(value) + hex(second[cluster]!));
}
