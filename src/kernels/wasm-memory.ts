const pageBytes = 65536;

/** Makes a memory at least so large. Views on it have to be made anew. Throws RangeError, with the size, when there is no room. */
export function growMemory(memory: WebAssembly.Memory, endBytes: number): void {
  const missing = endBytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  try {
    memory.grow(Math.ceil(missing / pageBytes));
  } catch {
    const mebibytes = Math.ceil(endBytes / 2 ** 20).toLocaleString('en');
    throw new RangeError(`There is not enough memory for ${mebibytes} MiB of working space.`);
  }
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
