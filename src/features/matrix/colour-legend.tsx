import { paletteGradient } from '@/gl/palettes';
import classes from './colour-legend.module.css';
import type { ColourScale } from './colour-scale';

/** The colours of the matrix with their numbers at the ends and in the middle, and what these mean. */
export function ColourLegend({ scale, palette }: { scale: ColourScale; palette: readonly string[] }) {
  return (
    <div className={classes.legend}>
      <div className={classes.scale}>
        <span className={classes.end}>less alike</span>
        <div className={classes.bar} style={{ background: paletteGradient(palette) }} aria-hidden="true" />
        <span className={classes.end}>more alike</span>
        <Ticks unit={scale.kind === 'z' ? 'z' : 'cosine'} labels={scale.ticks.map(({ label }) => label)} />
        {scale.kind === 'z' && <Ticks unit="cosine" labels={scale.ticks.map(({ cosine }) => cosine ?? '')} />}
      </div>
      <p className={classes.words}>
        <strong>{scale.title}.</strong> {scale.explanation}
      </p>
    </div>
  );
}

function Ticks({ unit, labels: [low, middle, high] }: { unit: string; labels: readonly string[] }) {
  return (
    <>
      <span className={classes.unit}>{unit}</span>
      <span className={classes.ticks}>
        <span>{low}</span>
        <span>{middle}</span>
        <span>{high}</span>
      </span>
    </>
  );
}
