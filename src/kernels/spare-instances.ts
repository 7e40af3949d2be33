/**
 * Instances of a module, each with a memory of its own, of which one that has done its work may be had again: writing into fresh
 * memory costs a page fault for each 4 KiB, which takes longer than what is written. It is kept only until memory is collected.
 */
export class SpareInstances<Exports extends object> {
  #spare: WeakRef<Exports> | null = null;

  constructor(private readonly module: WebAssembly.Module) {}

  /** An instance for the caller alone. Its memory may be larger than a fresh one, and hold anything. */
  take(): Exports {
    const spare = this.#spare?.deref();
    this.#spare = null;
    return spare ?? (new WebAssembly.Instance(this.module, {}).exports as unknown as Exports);
  }

  /** Takes back an instance that its caller has done with. */
  put(instance: Exports): void {
    this.#spare = new WeakRef(instance);
  }
}
