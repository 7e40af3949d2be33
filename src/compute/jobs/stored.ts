import { ComputeError } from '@/compute/compute-error';

/** Storage errors keep the browser's words: they say whether it is full, blocked or broken. */
export async function stored<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw new ComputeError('storage', describeRefusal(error));
  }
}

export function describeRefusal(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return 'The browser’s storage for this page is full.';
  const words = error instanceof Error ? error.message : String(error);
  return `The browser’s storage did not take it: ${words}`;
}
