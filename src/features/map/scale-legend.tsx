import { Button, RangeSlider } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { shareStops } from '@/gl/share-colours';
import { clearSelection, selectRows } from '@/state/selection';
import { viewStore } from '@/state/view';
import type { Colouring, ScaleColouring } from './colouring';
import classes from './scale-legend.module.css';

interface Props extends Pick<ScaleColouring, 'title' | 'ends' | 'wordsAt' | 'about' | 'without' | 'rows'> {
  /** Where each row lies on the scale; null where no part of it can be selected. */
  shares: Float32Array | null;
  isDark: boolean;
}

/** What the colours along a scale mean, and which rows have none. Handles at its ends select the rows between them. */
export function ScaleLegend({ title, shares, ends, wordsAt, about, without, rows, isDark }: Props) {
  const gradient = `linear-gradient(to right, ${shareStops(isDark).join(', ')})`;
  return (
    <section className={classes.legend} aria-label={`Colours: ${title}`}>
      <h3 className={classes.title}>{title}</h3>
      {shares === null ? (
        <div className={classes.bar} style={{ background: gradient }} aria-hidden="true" />
      ) : (
        <ScaleRange title={title} shares={shares} wordsAt={wordsAt} gradient={gradient} />
      )}
      <p className={classes.ends}>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </p>
      {about !== '' && <p className={classes.about}>{about}</p>}
      {rows !== undefined && (
        <Button
          variant="default"
          size="xs"
          className={classes.select}
          onClick={() => selectRows(rows.rows, 'replace', `Select ${rows.name}`)}
        >
          Select the {rows.name}
        </Button>
      )}
      {without.count > 0 && (
        <p className={classes.about}>
          <span className={classes.dot} aria-hidden="true" />
          {without.count.toLocaleString('en')} grey: {without.why}
        </p>
      )}
    </section>
  );
}

const whole: [number, number] = [0, 1];
const restMs = 200;

interface RangeProps extends Pick<Props, 'title' | 'wordsAt'> {
  shares: Float32Array;
  gradient: string;
}

function ScaleRange({ title, shares, wordsAt, gradient }: RangeProps) {
  const selection = useStore(viewStore, ({ view }) => view.selection);
  /** The handles, and the selection that they made: any other one lets them go. */
  const [taken, setTaken] = useState<{ range: [number, number]; of: readonly number[] | null } | null>(null);
  // Each press of a key is an end; the selection, a step that can be undone, is that of the last.
  const resting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (resting.current !== null) clearTimeout(resting.current);
    },
    [],
  );
  const isKept = taken !== null && (taken.of === null || taken.of === selection);
  const range = isKept ? taken.range : whole;
  const select = (chosen: [number, number]) => {
    const [from, to] = chosen;
    if (from <= 0 && to >= 1) {
      setTaken(null);
      clearSelection();
      return;
    }
    const inside: number[] = [];
    shares.forEach((share, row) => {
      if (share >= from && share <= to) inside.push(row);
    });
    selectRows(inside, 'replace', `Select by ${title}`);
    setTaken({ range: chosen, of: viewStore.getState().view.selection });
  };
  return (
    <RangeSlider
      classNames={{ root: classes.range, track: classes.track, bar: classes.between, thumb: classes.thumb }}
      style={{ '--gradient': gradient }}
      min={0}
      max={1}
      step={0.01}
      minRange={0}
      value={range}
      label={wordsAt}
      thumbFromLabel={`${title} from`}
      thumbToLabel={`${title} to`}
      thumbValueText={wordsAt}
      onChange={(moved) => setTaken({ range: moved, of: null })}
      onChangeEnd={(chosen) => {
        if (resting.current !== null) clearTimeout(resting.current);
        resting.current = setTimeout(() => select(chosen), restMs);
      }}
    />
  );
}

/** What stands in the legend's place while colours are not known. */
export function WaitingLegend({ title, words, action }: Extract<Colouring, { kind: 'waiting' }>) {
  return (
    <section className={classes.legend} aria-label={`Colours: ${title}`} aria-live="polite">
      <h3 className={classes.title}>{title}</h3>
      <p className={classes.about}>{words}</p>
      {action !== undefined && (
        <Button variant="default" size="xs" mt={4} onClick={action.act}>
          {action.label}
        </Button>
      )}
    </section>
  );
}
