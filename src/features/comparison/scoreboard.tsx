import { useId } from 'react';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import type { Comparison } from '@/queries/comparison';
import classes from './scoreboard.module.css';

/** One row a run: what it is and what it took. */
export function Scoreboard({ comparison }: { comparison: Comparison }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className={classes.panel}>
      <div className={classes.head}>
        <h3 id={heading} className={classes.title}>
          Scoreboard
        </h3>
      </div>
      <div className={classes.scroller}>
        <table className={classes.table} aria-labelledby={heading}>
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col" className={classes.number}>
                Dimensions
              </th>
              <th scope="col" className={classes.number}>
                Seconds
              </th>
              <th scope="col" className={classes.number}>
                Tokens
              </th>
              <th scope="col" className={classes.number}>
                Failed
              </th>
            </tr>
          </thead>
          <tbody>
            {comparison.runs.map((run) => (
              <tr key={run.id} data-run={run.id}>
                <th scope="row" className={classes.model} title={run.spec.model}>
                  <ModelMark slot={run.slot} /> {runName(run.spec)}
                </th>
                <td className={classes.number}>{run.width?.toLocaleString('en')}</td>
                <td className={classes.number}>{(run.durationMs / 1000).toFixed(1)}</td>
                <td className={classes.number}>{run.tokens?.toLocaleString('en') ?? '–'}</td>
                <td className={classes.number}>{run.failures.length.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
