import { countOf } from '@/core/count-of';

interface Asked {
  readonly isChosen: boolean;
  readonly needsKey: boolean;
  readonly host: string | null;
}

/** What pressing Enter does with the typed text: how many runs compare it, and where it goes. */
export function describeMeaning(runs: readonly Asked[]): string {
  const chosen = runs.filter(({ isChosen, needsKey }) => isChosen && !needsKey);
  if (runs.length === 0) return 'No run here has a model at hand, so nothing can be found by meaning.';
  if (chosen.length === 0) return 'Choose a run to search by meaning.';
  const hosts = [...new Set(chosen.flatMap(({ host }) => (host === null ? [] : [host])))];
  const where =
    hosts.length === 0 ? 'it stays in this tab' : `sends it to ${hosts.join(' and ')} and nowhere else`;
  return `Enter compares it with ${countOf(chosen.length, 'run')}: ${where}.`;
}
