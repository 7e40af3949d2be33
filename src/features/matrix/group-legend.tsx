import type { RowGroups } from '@/core/dataset/group-rows';
import { categoryColourCount } from '@/gl/palettes';
import { groupColour } from '@/gl/row-colours';
import { formatCount } from './format-number';
import classes from './group-legend.module.css';

/** Names of the bars' colours: the first twelve groups, the rest as one, rows without a value last. Counts are of the whole dataset. */
export function GroupLegend({
  title,
  groups,
  isDark,
}: {
  title: string;
  groups: RowGroups;
  isDark: boolean;
}) {
  const rest = groups.names.length - categoryColourCount;
  const restCount = groups.counts.slice(categoryColourCount).reduce((sum, count) => sum + count, 0);
  const entries = [
    ...groups.names
      .slice(0, categoryColourCount)
      .map((name, group) => ({ group, name, count: groups.counts[group]! })),
    ...(rest > 0
      ? [
          {
            group: categoryColourCount,
            name: rest === 1 ? '1 more' : `${formatCount(rest)} more`,
            count: restCount,
          },
        ]
      : []),
    ...(groups.emptyCount > 0 ? [{ group: -1, name: 'no value', count: groups.emptyCount }] : []),
  ];
  return (
    <ul className={classes.legend} aria-label={`Bars: ${title}`}>
      {entries.map(({ group, name, count }) => (
        <li key={group}>
          <span
            className={classes.mark}
            style={{ background: groupColour(group, isDark) }}
            aria-hidden="true"
          />
          <span className={classes.name} dir="auto">
            {name}
          </span>
          <span className={classes.count}>{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  );
}
