/** Joins things 0 to n − 1 into sets. */
export class UnionFind {
  readonly #parent: Int32Array;

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, i) => i);
  }

  join(a: number, b: number): void {
    const rootA = this.#rootOf(a);
    const rootB = this.#rootOf(b);
    // The first of a set is its root.
    this.#parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  /** Sets of two or more, ascending within; larger ones first, equal ones by their first. */
  sets(): Uint32Array[] {
    const found = new Map<number, number[]>();
    for (let i = 0; i < this.#parent.length; i++) {
      const root = this.#rootOf(i);
      const known = found.get(root);
      if (known === undefined) found.set(root, [i]);
      else known.push(i);
    }
    return [...found.values()]
      .filter((set) => set.length > 1)
      .sort((x, y) => y.length - x.length || x[0]! - y[0]!)
      .map((set) => Uint32Array.from(set));
  }

  #rootOf(thing: number): number {
    let root = thing;
    while (this.#parent[root] !== root) {
      this.#parent[root] = this.#parent[this.#parent[root]!]!;
      root = this.#parent[root]!;
    }
    return root;
  }
}
