import { useElementSize } from '@mantine/hooks';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import { countOf } from '@/core/count-of';
import type { RowGroups } from '@/core/dataset/group-rows';
import { fitLegend } from './fit-legend';
import classes from './map-legend.module.css';

interface Props {
  title: string;
  groups: RowGroups;
  /** What a group is, "value" unless told. */
  unit?: string;
  /** What rows without a group are called, "no value" unless told. */
  emptyName?: string;
  /** Of each group the rows that are selected; null where none is. */
  selectedOf?: Uint32Array | null;
  /** How many groups have a colour of their own; the others share one. */
  colourCount: number;
  /** CSS colour of a group, also of −1: no value. */
  colourOf(group: number): string;
  /** A foldable card above the map, or up to two lines under it. */
  shape?: 'card' | 'line';
  /** Shown to an audience: a card is never folded, and says nothing of what a click does. */
  isPresented?: boolean;
  /** A group under pointer or focus, whose rows alone keep their colour; null for none. */
  onFocusGroup(groups: ReadonlySet<number> | null): void;
  /** Groups that are filtered out. */
  hidden: ReadonlySet<number>;
  /** Filters groups out, or brings them back. */
  onToggle(groups: readonly number[]): void;
  /** Filters all others out. */
  onOnly(groups: readonly number[]): void;
  onSelect(groups: readonly number[], name: string): void;
  /** Colours that a person gave to groups; such a group is named, however many come before it. */
  own?: ReadonlyMap<number, string>;
  /** Gives a group a colour of its own, with null the usual one again; without it groups keep theirs. */
  onColour?(group: number, colour: string | null): void;
}

interface Entry {
  readonly name: string;
  readonly count: number;
  /** How many of them are selected; null where nothing is. */
  readonly selected: number | null;
  readonly members: readonly number[];
  /** Null where the members have several colours. */
  readonly colour: string | null;
}

/** Groups listed one by one when all are asked for. */
const mostListed = 200;
const phone = '(max-width: 599px)';
const mostLines = 2;
const gapPx = 4;

/** Names of the colours with their counts. Pointing at one greys all others on the map, a click filters it out, two leave only it. */
export const MapLegend = memo(function MapLegend({ shape = 'card', ...props }: Props) {
  return shape === 'card' ? <LegendCard {...props} /> : <LegendLines {...props} />;
});

function LegendCard(props: Props) {
  // On a phone it would leave no room for the map.
  const [wantsFolded, setFolded] = useState(() => window.matchMedia(phone).matches);
  const [isWhole, setWhole] = useState(false);
  const { title, groups, colourCount, unit = 'value', isPresented = false } = props;
  const isFolded = wantsFolded && !isPresented;
  const present = groups.counts.filter((count) => count > 0).length;
  const isLong = present > colourCount;
  return (
    <div className={classes.legend}>
      <button
        type="button"
        className={classes.title}
        aria-expanded={!isFolded}
        onClick={() => setFolded(!isFolded)}
      >
        {title} · {countOf(present, unit)}
        {!isPresented && ' · click to filter'}
      </button>
      {!isFolded && (
        <ul className={classes.list} aria-label={`Colours: ${title}`}>
          {entriesOf(props, isWhole ? mostListed : colourCount).map((entry) => (
            <LegendItem key={entry.members[0]} entry={entry} legend={props} />
          ))}
        </ul>
      )}
      {!isFolded && isLong && (
        <button type="button" className={classes.more} onClick={() => setWhole(!isWhole)}>
          {isWhole
            ? `List the first ${colourCount}`
            : present > mostListed
              ? `List the first ${mostListed}`
              : `List all ${present}`}
        </button>
      )}
    </div>
  );
}

/** Names as many groups as two lines hold; a hidden copy of the entries says how wide they are. */
function LegendLines(props: Props) {
  const { title, groups, colourCount } = props;
  const { ref, width } = useElementSize<HTMLUListElement>();
  const gauge = useRef<HTMLDivElement>(null);
  const named = Math.min(colourCount, groups.names.length);
  const [shown, setShown] = useState(named);
  const longestRest = { ...restOf(props, 0), members: [], colour: props.colourOf(colourCount) };
  // No list of dependencies: whatever changes an entry's words changes its width.
  useLayoutEffect(() => {
    const widths = Array.from(gauge.current?.children ?? [], (child) => child.getBoundingClientRect().width);
    if (width === 0) return;
    setShown(
      fitLegend(
        {
          namedPx: widths.slice(0, named),
          restPx: widths[named]!,
          lastPx: widths.slice(named + 1),
          gapPx,
          linePx: width,
        },
        groups.names.length > named,
        mostLines,
      ),
    );
  });
  return (
    <div className={classes.lines}>
      <span className={classes.title}>{title}</span>
      <ul ref={ref} className={classes.list} style={{ gap: `0 ${gapPx}px` }} aria-label={`Colours: ${title}`}>
        {entriesOf(props, Math.min(shown, named)).map((entry) => (
          <LegendItem key={entry.members[0]} entry={entry} legend={props} />
        ))}
      </ul>
      <div ref={gauge} className={classes.gauge} aria-hidden="true">
        {[
          ...namedOf(props, colourCount),
          longestRest,
          ...(groups.emptyCount > 0 ? [emptyOf(props)] : []),
        ].map((entry) => (
          <span key={entry.members[0] ?? 'rest'} className={classes.entry}>
            <EntryFace entry={entry} />
          </span>
        ))}
      </div>
    </div>
  );
}

type Shown = Pick<Props, 'groups' | 'colourCount' | 'colourOf' | 'unit' | 'emptyName' | 'own' | 'selectedOf'>;

/** The first groups by name, those with a colour of their own, the others as one, the rows without a value last. */
function entriesOf(shown: Shown, namedCount: number): Entry[] {
  const named = namedOf(shown, namedCount);
  const rest = restOf(shown, namedCount);
  return [
    ...named,
    ...(rest.members.length > 0 ? [rest] : []),
    ...(shown.groups.emptyCount > 0 ? [emptyOf(shown)] : []),
  ];
}

/** Groups without a row, such as those outside of rows that are shown alone, are left out. */
function namedOf({ groups, colourOf, own, selectedOf = null }: Shown, namedCount: number): Entry[] {
  return groups.names.flatMap((name, group) =>
    (group < namedCount || own?.has(group)) && groups.counts[group]! > 0
      ? {
          name,
          count: groups.counts[group]!,
          selected: selectedOf === null ? null : selectedOf[group]!,
          members: [group],
          colour: colourOf(group),
        }
      : [],
  );
}

function restOf(shown: Shown, namedCount: number): Entry {
  const { groups, colourCount, colourOf, own, selectedOf = null, unit = 'value' } = shown;
  const members = groups.names.flatMap((_, group) =>
    group < namedCount || own?.has(group) || groups.counts[group] === 0 ? [] : group,
  );
  return {
    name: countOf(members.length, `more ${unit}`),
    count: members.reduce((sum, group) => sum + groups.counts[group]!, 0),
    selected: selectedOf === null ? null : members.reduce((sum, group) => sum + selectedOf[group]!, 0),
    members,
    colour: namedCount < colourCount || members.length === 0 ? null : colourOf(members[0]!),
  };
}

function emptyOf({ groups, colourOf, emptyName = 'no value' }: Shown): Entry {
  return { name: emptyName, count: groups.emptyCount, selected: null, members: [-1], colour: colourOf(-1) };
}

function LegendItem({ entry, legend }: { entry: Entry; legend: Omit<Props, 'shape'> }) {
  const { hidden, onFocusGroup, onToggle, onOnly, onSelect, onColour } = legend;
  const [group] = entry.members;
  const isNamed = entry.members.length === 1 && group !== undefined && group >= 0;
  const { name, members } = entry;
  const isHidden = members.every((group) => hidden.has(group));
  const focus = () => onFocusGroup(isHidden ? null : new Set(members));
  return (
    <li
      className={classes.item}
      onPointerEnter={focus}
      onPointerLeave={() => onFocusGroup(null)}
      onFocus={focus}
      onBlur={() => onFocusGroup(null)}
    >
      <button
        type="button"
        className={classes.entry}
        title={name}
        aria-pressed={!isHidden}
        data-hidden={isHidden || undefined}
        onClick={(event) => {
          onFocusGroup(null);
          if (event.altKey || event.detail === 2) onOnly(members);
          else if (event.detail < 2) onToggle(members);
        }}
      >
        <EntryFace entry={isHidden ? { ...entry, colour: 'transparent' } : entry} />
      </button>
      <span className={classes.actions}>
        {onColour !== undefined && isNamed && entry.colour !== null && (
          <ColourInput name={name} colour={entry.colour} onColour={(colour) => onColour(group, colour)} />
        )}
        {onColour !== undefined && isNamed && legend.own?.has(group) && (
          <button
            type="button"
            aria-label={`Usual colour of ${name}`}
            title="Its usual colour again"
            onClick={() => onColour(group, null)}
          >
            reset
          </button>
        )}
        <button type="button" aria-label={`Only ${name}`} onClick={() => onOnly(members)}>
          only
        </button>
        <button type="button" aria-label={`Select ${name}`} onClick={() => onSelect(members, name)}>
          select
        </button>
      </span>
    </li>
  );
}

/** The browser's own colour picker; what is dragged through on the way counts when it is closed. */
function ColourInput({
  name,
  colour,
  onColour,
}: {
  name: string;
  colour: string;
  onColour(colour: string): void;
}) {
  return (
    <input
      key={colour}
      type="color"
      className={classes.colour}
      aria-label={`Colour of ${name}`}
      title="Another colour"
      defaultValue={colour}
      ref={(input) => {
        const change = () => onColour(input!.value);
        // React's onChange is the browser's `input`, which comes with every step of a drag.
        input?.addEventListener('change', change);
        return () => input?.removeEventListener('change', change);
      }}
    />
  );
}

function EntryFace({ entry: { name, count, selected, colour } }: { entry: Entry }) {
  return (
    <>
      {colour !== null && <span className={classes.dot} style={{ background: colour }} aria-hidden="true" />}
      <span className={classes.name} dir="auto">
        {name}
      </span>
      <span className={classes.count}>
        {selected !== null && `${selected.toLocaleString('en')}/`}
        {count.toLocaleString('en')}
      </span>
    </>
  );
}
