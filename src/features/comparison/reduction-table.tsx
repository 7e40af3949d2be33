import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { ReductionCost } from '@/core/evaluation/reduction-cost';
import { ModelMark } from '@/gl/model-mark';
import classes from './smaller-panel.module.css';

interface Props {
  runs: readonly RunRecord[];
  /** The ways to keep each run's vectors; undefined while they are measured. */
  lists: readonly (readonly ReductionCost[] | undefined)[];
}

/** The numbers of the chart, a line a way. */
export function ReductionTable({ runs, lists }: Props) {
  return (
    <table className={classes.table} aria-label="Smaller vectors">
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">Numbers</th>
          <th scope="col">Kept as</th>
          <th scope="col" className={classes.number}>
            Per million rows
          </th>
          <th scope="col" className={classes.number}>
            Same neighbours of 10
          </th>
          <th scope="col" className={classes.number}>
            Right labels
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.flatMap((run, i) =>
          (lists[i] ?? []).map((cost) => (
            <tr key={`${run.id} ${nameWay(cost)}`} data-run={run.id} data-way={nameWay(cost)}>
              <th scope="row" title={run.spec.model}>
                <span className={classes.name}>
                  <ModelMark slot={run.slot} size={10} /> <span>{runName(run.spec)}</span>
                </span>
              </th>
              <td>{cost.dims.toLocaleString('en')}</td>
              <td>{cost.code}</td>
              <td className={classes.number}>{formatMegabytes(cost.bytesPerMillion / 1e6)}</td>
              <td className={classes.number}>{describe(cost.overlap)}</td>
              <td className={classes.number}>
                {cost.knnAccuracy === null ? '–' : describe(cost.knnAccuracy)}
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

function describe({ value, low, high }: ReductionCost['overlap']): string {
  if (value === null) return '–';
  const percent = (share: number) => (100 * share).toFixed(1);
  return low === null || high === null
    ? `${percent(value)} %`
    : `${percent(value)} % (${percent(low)} to ${percent(high)})`;
}

function formatMegabytes(megabytes: number): string {
  return megabytes >= 1000 ? `${(megabytes / 1000).toFixed(1)} GB` : `${megabytes.toFixed(0)} MB`;
}

/** Numbers and code: "256 int8". */
export function nameWay({ dims, code }: Pick<ReductionCost, 'dims' | 'code'>): string {
  return code === 'float32' ? `${dims}` : `${dims} ${code}`;
}
