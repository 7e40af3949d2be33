import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const sampleEveryMs = 500;

/** Bytes of memory a process holds; 0 for one that has ended. */
async function residentBytes(pid: number): Promise<number> {
  try {
    if (process.platform === 'linux') {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout.trim()) * 1024;
  } catch {
    return 0;
  }
}

/** Bytes of memory that processes hold together. */
export async function residentBytesOf(pids: readonly number[]): Promise<number> {
  const all = await Promise.all(pids.map(residentBytes));
  return all.reduce((sum, bytes) => sum + bytes, 0);
}

/** Watches processes. The returned function ends that and says the most they held together. */
export function watchMemory(pids: readonly number[]): () => number {
  let most = 0;
  const sample = async () => {
    most = Math.max(most, await residentBytesOf(pids));
  };
  void sample();
  const timer = setInterval(() => void sample(), sampleEveryMs);
  return () => {
    clearInterval(timer);
    return most;
  };
}
