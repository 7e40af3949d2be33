import type { GraphicsProcessor } from '../contest/task';

/** The parts of WebGPU that are used here, whose types TypeScript lacks. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: Readonly<Record<string, unknown>> } | null>;
}

interface GpuQueue {
  submit(commands: Iterable<unknown>): void;
}

/** The graphics processor that WebGPU offers to this page, and how often it was given work; null where there is none. */
export async function findGraphicsProcessor(): Promise<GraphicsProcessor | null> {
  const { gpu } = navigator as Navigator & { gpu?: Gpu };
  let adapter = (await gpu?.requestAdapter()) ?? null;
  // A browser that has just begun may not know its graphics processor yet.
  for (let again = 0; gpu !== undefined && adapter === null && again < 10; again++) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    adapter = await gpu.requestAdapter();
  }
  if (adapter === null) return null;
  const { vendor, architecture, description } = adapter.info ?? {};
  const { GPUQueue } = globalThis as unknown as { GPUQueue: { readonly prototype: GpuQueue } };
  const { submit } = GPUQueue.prototype;
  let count = 0;
  GPUQueue.prototype.submit = function (commands) {
    count++;
    submit.call(this, commands);
  };
  return {
    name: [description, vendor, architecture].filter(Boolean).join(', ') || 'unnamed',
    countWork: () => count,
  };
}
