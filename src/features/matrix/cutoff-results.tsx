import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { BestCutoff } from '@/core/evaluation/best-cutoff';
import { describeCutoffCoverage } from '@/core/evaluation/describe-coverage';
import { formatHundredths } from '@/core/similarity/format-similarity';
import { ModelMark } from '@/gl/model-mark';
import { modelColourVariable } from '@/gl/palettes';
import classes from './cutoff-finder.module.css';

const chartPx = 180;

interface Props {
  /** Whether all pairs of rows are known, or pairs of their own: what the intervals are drawn over. */
  drawnOver: 'rows' | 'pairs';
  results: readonly { readonly run: RunRecord; readonly best: BestCutoff }[];
}

/** The best cut-off of each run with how well it does, and how well any would. */
export function CutoffResults({ results, drawnOver }: Props) {
  const { sameCount, differentCount } = results[0]!.best;
  return (
    <div className={classes.results}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Best cut-off</th>
            <th scope="col">Precision</th>
            <th scope="col">Recall</th>
            <th scope="col">F1</th>
            <th scope="col">AUC</th>
          </tr>
        </thead>
        <tbody>
          {results.map(({ run, best }) => (
            <tr key={run.id}>
              <th scope="row">
                <span className={classes.run}>
                  <ModelMark slot={run.slot} />
                  <span>{runName(run.spec)}</span>
                </span>
              </th>
              <Measure value={best.cutoff} interval={best.intervals.cutoff} />
              <Measure value={best.precision} interval={best.intervals.precision} />
              <Measure value={best.recall} interval={best.intervals.recall} />
              <Measure value={best.f1} interval={best.intervals.f1} />
              <td>{formatHundredths(best.auc)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <figure className={classes.roc}>
        <svg
          viewBox={`0 0 ${chartPx} ${chartPx}`}
          role="img"
          aria-label="Share of same pairs found, by the share of different pairs taken for the same"
        >
          <rect className={classes.ground} width={chartPx} height={chartPx} />
          <path className={classes.chance} d={`M0 ${chartPx}L${chartPx} 0`} />
          {results.map(({ run, best }) => (
            <path
              key={run.id}
              className={classes.curve}
              stroke={`var(${modelColourVariable(run.slot)})`}
              d={`M${best.roc.map(([x, y]) => `${(x * chartPx).toFixed(1)} ${((1 - y) * chartPx).toFixed(1)}`).join('L')}`}
            />
          ))}
        </svg>
        <figcaption>
          Found of the same, by what is wrongly taken for the same (ROC); the dashed line is chance.
        </figcaption>
      </figure>
      <p className={classes.words}>
        {sameCount.toLocaleString('en')} same and {differentCount.toLocaleString('en')} different pairs. The
        best cut-off has the greatest F1. Beside each number stands where 95&#8201;% of 400 bootstrap draws of{' '}
        {drawnOver} fall. {describeCutoffCoverage(drawnOver)}
      </p>
    </div>
  );
}

function Measure({
  value,
  interval: { low, high },
}: {
  value: number;
  interval: { low: number | null; high: number | null };
}) {
  return (
    <td>
      {formatHundredths(value)}
      {low !== null && high !== null && (
        <span className={classes.interval}>
          {formatHundredths(low)}–{formatHundredths(high)}
        </span>
      )}
    </td>
  );
}
