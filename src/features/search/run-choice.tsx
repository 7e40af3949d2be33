import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import classes from './search.module.css';
import type { MeaningRun } from './use-meaning-runs';

interface Props {
  runs: readonly MeaningRun[];
  onToggle(id: string): void;
}

/** Which runs are asked by meaning. */
export function RunChoice({ runs, onToggle }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line everywhere
    <div role="group" aria-label="Runs searched by meaning" className={classes.runs}>
      {runs.map(({ run, isChosen, host, needsKey }) => (
        <button
          key={run.id}
          type="button"
          className={classes.run}
          aria-pressed={isChosen}
          title={needsKey ? `Needs the key of ${host}` : run.spec.model}
          onClick={() => onToggle(run.id)}
        >
          <ModelMark slot={run.slot} hollow={!isChosen} size={10} />
          {runName(run.spec)}
          {needsKey && <span className={classes.note}>needs key</span>}
        </button>
      ))}
    </div>
  );
}
