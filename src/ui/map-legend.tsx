import { useState } from 'react';
import type { RowGroups } from '@/core/dataset/group-rows';
import classes from './map-legend.module.css';

interface Props {
  title: string;
  groups: RowGroups;
  /** How many groups have a colour of their own; the others share one. */
  colourCount: number;
  /** CSS colour of a group, also of −1: no value. */
  colourOf(group: number): string;
  /** A foldable card above the map, or one line under it. */
  shape?: 'card' | 'line';
  /** A group under pointer or focus, whose rows alone keep their colour; null for none. */
  onFocusGroup(groups: ReadonlySet<number> | null): void;
}

/** Names of the colours with their counts. Pointing at one greys all others on the map. */
export function MapLegend({ title, groups, colourCount, colourOf, shape = 'card', onFocusGroup }: Props) {
  const [isFolded, setFolded] = useState(false);
  const named = groups.names.slice(0, colourCount);
  const others = groups.names.slice(colourCount);
  const othersCount = groups.counts.slice(colourCount).reduce((sum, count) => sum + count, 0);
  const entries = [
    ...named.map((name, group) => ({ name, count: groups.counts[group]!, members: [group] })),
    ...(others.length > 0
      ? [
          {
            name: `${others.length.toLocaleString('en')} more values`,
            count: othersCount,
            members: others.map((_, i) => colourCount + i),
          },
        ]
      : []),
    ...(groups.emptyCount > 0 ? [{ name: 'no value', count: groups.emptyCount, members: [-1] }] : []),
  ];
  const valueCount = `${groups.names.length.toLocaleString('en')} ${groups.names.length === 1 ? 'value' : 'values'}`;
  return (
    <div className={shape === 'card' ? classes.legend : classes.line}>
      {shape === 'card' ? (
        <button
          type="button"
          className={classes.title}
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
        >
          {title} · {valueCount}
        </button>
      ) : (
        <span className={classes.title}>{title}</span>
      )}
      {!isFolded && (
        <ul className={classes.list} aria-label={`Colours: ${title}`}>
          {entries.map(({ name, count, members }) => (
            <li key={members[0]}>
              <button
                type="button"
                className={classes.entry}
                onPointerEnter={() => onFocusGroup(new Set(members))}
                onPointerLeave={() => onFocusGroup(null)}
                onFocus={() => onFocusGroup(new Set(members))}
                onBlur={() => onFocusGroup(null)}
              >
                <span
                  className={classes.dot}
                  style={{ background: colourOf(members[0]!) }}
                  aria-hidden="true"
                />
                <span className={classes.name} dir="auto">
                  {name}
                </span>
                <span className={classes.count}>{count.toLocaleString('en')}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
