import { contextColour, paletteGradient } from './palettes';
import classes from './scale-line.module.css';
import { shareStops } from './share-colours';

interface Props {
  isDark: boolean;
  /** What the colours tell. */
  name: string;
  /** The words at both ends. */
  ends: readonly [string, string];
  /** What else is to be known of the scale; empty for nothing. */
  about: string;
  /** What grey rows are; null where there are none. */
  grey: string | null;
}

/** What colours along a scale mean, in one line under maps. */
export function ScaleLine({ isDark, name, ends, about, grey }: Props) {
  return (
    <div className={classes.legend} role="img" aria-label={`Colours: ${name}, from ${ends[0]} to ${ends[1]}`}>
      <span dir="auto">{name}</span>
      <span className={classes.end}>{ends[0]}</span>
      <span className={classes.bar} style={{ background: paletteGradient(shareStops(isDark)) }} />
      <span className={classes.end}>{ends[1]}</span>
      {grey !== null && (
        <>
          <span className={classes.dot} style={{ background: contextColour(isDark) }} />
          <span className={classes.end}>{grey}</span>
        </>
      )}
      {about !== '' && <span className={classes.end}>{about}</span>}
    </div>
  );
}
