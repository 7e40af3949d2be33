import { useQuery } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { formatHundredths, formatPercentile } from '@/core/similarity/format-similarity';
import { percentileOf } from '@/core/similarity/pair-histogram';
import { ModelMark } from '@/gl/model-mark';
import { pairSimilarityQuery } from '@/queries/pair-similarity';
import { pairHistogramQuery, spreadQuery } from '@/queries/spread';
import classes from './pair.module.css';

interface Props {
  runs: readonly RunRecord[];
  a: number;
  b: number;
}

/** How alike two rows are in every run: raw, and on the two scales that can be read across runs. */
export function PairSimilarities({ runs, a, b }: Props) {
  return (
    <table className={classes.measures} aria-label="Similarity of the two rows">
      <thead>
        <tr>
          <th scope="col">Similarity</th>
          <th scope="col" title="Cosine in the original vectors">
            Raw
          </th>
          <th scope="col" title="Standard deviations above the mean of the run’s pairs">
            z
          </th>
          <th scope="col" title="Share of the run’s pairs that are less alike">
            Percentile
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunLine key={run.id} run={run} a={a} b={b} />
        ))}
      </tbody>
    </table>
  );
}

function RunLine({ run, a, b }: { run: RunRecord; a: number; b: number }) {
  const cosine = useQuery(pairSimilarityQuery(run, a, b));
  const spread = useQuery(spreadQuery(run)).data;
  const histogram = useQuery(pairHistogramQuery(run)).data;
  const name = (
    <th scope="row" title={run.spec.model}>
      <span className={classes.run}>
        <ModelMark slot={run.slot} />
        <span>{runName(run.spec)}</span>
      </span>
    </th>
  );
  if (cosine.error !== null || cosine.data === null) {
    return (
      <tr>
        {name}
        <td colSpan={3} className={classes.absent}>
          {cosine.error?.message ?? 'no vector of one of them'}
        </td>
      </tr>
    );
  }
  const value = cosine.data;
  return (
    <tr>
      {name}
      <td>{value === undefined ? '…' : formatHundredths(value)}</td>
      <td>{value === undefined || spread === undefined ? '…' : writeZ(value, spread)}</td>
      <td
        title={
          histogram?.sampledPairs == null
            ? undefined
            : `From ${histogram.sampledPairs.toLocaleString('en')} pairs drawn at random`
        }
      >
        {value === undefined || histogram === undefined
          ? '…'
          : formatPercentile(percentileOf(histogram, value))}
      </td>
    </tr>
  );
}

function writeZ(cosine: number, { mean, sd }: { mean: number | null; sd: number | null }): string {
  if (mean === null || sd === null || sd === 0) return '–';
  const z = (cosine - mean) / sd;
  return z > 0 ? `+${formatHundredths(z)}` : formatHundredths(z);
}
