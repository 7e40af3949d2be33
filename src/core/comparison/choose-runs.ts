import { isRemote, type RunRecord } from '@/core/embedding/run';

export const mostRuns = 12;
/** A run under way takes part from so many rows on, and again whenever they have doubled. */
const firstStep = 64;

/**
 * A run as it takes part now: a settled one as it is, one that a server sends with the rows it had at its last step, so that a
 * comparison grows a few times and not with every batch. Null while there is too little. Vectors that are made or read here are
 * there in seconds, and comparing them on the way would only hold them up: such a run takes part once it is done.
 */
export function takePart(run: RunRecord): RunRecord | null {
  if (run.width === null || run.doneCount === 0) return null;
  if (run.status !== 'running' && run.status !== 'waiting') return run;
  if (run.doneCount < firstStep || !isRemote(run.spec.provider)) return null;
  return { ...run, doneCount: 2 ** Math.floor(Math.log2(run.doneCount)) };
}

/** The runs compared, in order of their slots: those chosen, or until then all, a server's before the baselines; at most twelve. */
export function chooseRuns(able: readonly RunRecord[], chosen: readonly string[] | null): RunRecord[] {
  const wanted = chosen === null ? able : able.filter(({ id }) => chosen.includes(id));
  const enough = wanted.length >= 2 ? wanted : able;
  const isBaseline = ({ spec }: RunRecord) => (spec.provider === 'baseline' ? 1 : 0);
  return enough
    .toSorted((a, b) => isBaseline(a) - isBaseline(b))
    .slice(0, mostRuns)
    .sort((a, b) => a.slot - b.slot);
}

/** The run that the others are held against: the one chosen, else the active one, else the first from a server, else the first. */
export function chooseReference<Run extends { id: string; spec: { provider: string } }>(
  runs: readonly Run[],
  chosen: string | null,
  activeId: string | null,
): Run | null {
  return (
    runs.find(({ id }) => id === chosen) ??
    runs.find(({ id }) => id === activeId) ??
    runs.find(({ spec }) => spec.provider !== 'baseline') ??
    runs[0] ??
    null
  );
}
