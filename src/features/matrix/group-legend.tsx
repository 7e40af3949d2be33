import { memo } from 'react';
import { formatCount } from '@/core/similarity/format-similarity';
import { categoryColourCount } from '@/gl/palettes';
import { groupColour } from '@/gl/row-colours';
import classes from './group-legend.module.css';
import type { Bars } from './use-bars';

interface LegendGroup {
  readonly group: number;
  readonly name: string;
  readonly count: number;
  readonly colour: string;
  /** Whether it stands for several. */
  readonly isRest: boolean;
}

/** The groups with a colour of their own, the rest as one, rows without a value last. Counts are of the whole dataset. */
export function listGroups({ groups, own }: Pick<Bars, 'groups' | 'own'>, isDark: boolean): LegendGroup[] {
  const rest = groups.names.length - categoryColourCount;
  const restCount = groups.counts.slice(categoryColourCount).reduce((sum, count) => sum + count, 0);
  const entry = (group: number, name: string, count: number, isRest = false) => ({
    group,
    name,
    count,
    colour: groupColour(group, isDark, own),
    isRest,
  });
  return [
    ...groups.names
      .slice(0, categoryColourCount)
      .map((name, group) => entry(group, name, groups.counts[group]!)),
    ...(rest > 0 ? [entry(categoryColourCount, `${formatCount(rest)} more`, restCount, true)] : []),
    ...(groups.emptyCount > 0 ? [entry(-1, 'no value', groups.emptyCount)] : []),
  ];
}

/** Names of the bars’ colours. */
export const GroupLegend = memo(function GroupLegend({ bars, isDark }: { bars: Bars; isDark: boolean }) {
  return (
    <ul className={classes.legend} aria-label={`Bars: ${bars.name}`}>
      {listGroups(bars, isDark).map(({ group, name, count, colour }) => (
        <li key={group}>
          <span className={classes.mark} style={{ background: colour }} aria-hidden="true" />
          <span className={classes.name} dir="auto">
            {name}
          </span>
          <span className={classes.count}>{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  );
});
