import { Tooltip } from '@mantine/core';
import type { ScoreUnit } from '@/core/comparison/describe-verdicts';
import type { Verdict } from '@/core/evaluation/verdict';
import classes from './scoreboard.module.css';

/** How a run's score stands beside the highest; grey where nobody can tell. */
export function VerdictBadge({ verdict, unit }: { verdict: Verdict | null; unit: ScoreUnit }) {
  if (verdict === null) return null;
  if (verdict.kind === 'highest') return <span className={classes.highest}>highest</span>;
  const points = (value: number) =>
    (unit === 'share' ? (100 * value).toFixed(0) : value.toFixed(2)).replace('-', '−');
  const interval = `${points(verdict.gap)} behind the highest (${points(verdict.low)} to ${points(verdict.high)})`;
  return (
    <Tooltip label={interval}>
      <span className={verdict.kind === 'close' ? classes.close : classes.behind}>
        {verdict.kind === 'close' ? 'too close to call' : `behind by ${points(verdict.gap)}`}
      </span>
    </Tooltip>
  );
}
