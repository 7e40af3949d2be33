import { formatSigned } from '@/core/similarity/format-similarity';
import { paletteGradient } from '@/gl/palettes';
import classes from './difference-legend.module.css';
import type { DrawnPicture } from './drawn-pictures';

/** The colours of A − B with their fixed ends in words. */
export function DifferenceLegend({ picture }: { picture: DrawnPicture }) {
  const [low, high] = picture.range;
  return (
    <section className={classes.section} aria-label="Difference">
      <h2 className={classes.heading}>
        Difference <span className={classes.title}>{picture.title}</span>
      </h2>
      <div
        className={classes.bar}
        style={{ background: paletteGradient(picture.palette) }}
        aria-hidden="true"
      />
      <div className={classes.ends}>
        <span>{formatSigned(low)}</span>
        <span>0</span>
        <span>{formatSigned(high)}</span>
      </div>
      <div className={classes.ends}>
        <span>more alike in B</span>
        <span>more alike in A</span>
      </div>
      <p className={classes.words}>
        z in A less z in B, each over its own run’s pairs. The range is fixed, so that pictures compare;
        beyond its ends the colour stays the same.
      </p>
    </section>
  );
}
