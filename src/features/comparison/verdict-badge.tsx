import { Tooltip } from '@mantine/core';
import { describePlace, type ScoreUnit } from '@/core/comparison/describe-verdicts';
import type { Verdict } from '@/core/evaluation/verdict';
import classes from './scoreboard.module.css';

/** How a run's score stands beside the highest; grey where nobody can tell. */
export function VerdictBadge({ verdict, unit }: { verdict: Verdict | null; unit: ScoreUnit }) {
  if (verdict === null) return null;
  const { short, long } = describePlace(verdict, unit);
  if (verdict.kind === 'highest') return <span className={classes.highest}>{short}</span>;
  return (
    <Tooltip label={long}>
      <span className={verdict.kind === 'close' ? classes.close : classes.behind}>{short}</span>
    </Tooltip>
  );
}
