import { Button } from '@mantine/core';
import { shareStops } from '@/gl/share-colours';
import { selectRows } from '@/state/selection';
import classes from './scale-legend.module.css';
import type { ScaleColouring } from './use-colouring';

interface Props extends Pick<ScaleColouring, 'title' | 'ends' | 'about' | 'without' | 'rows'> {
  isDark: boolean;
}

/** What the colours along a scale mean, and which rows have none. */
export function ScaleLegend({ title, ends, about, without, rows, isDark }: Props) {
  return (
    <section className={classes.legend} aria-label={`Colours: ${title}`}>
      <h3 className={classes.title}>{title}</h3>
      <div
        className={classes.bar}
        style={{ background: `linear-gradient(to right, ${shareStops(isDark).join(', ')})` }}
        aria-hidden="true"
      />
      <p className={classes.ends}>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </p>
      <p className={classes.about}>{about}</p>
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

/** What stands in the legend's place while colours are not known. */
export function WaitingLegend({ title, words }: { title: string; words: string }) {
  return (
    <section className={classes.legend} aria-label={`Colours: ${title}`} aria-live="polite">
      <h3 className={classes.title}>{title}</h3>
      <p className={classes.about}>{words}</p>
    </section>
  );
}
