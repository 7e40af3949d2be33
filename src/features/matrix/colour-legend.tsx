import { paletteGradient } from '@/gl/palettes';
import classes from './colour-legend.module.css';
import type { ColourScale } from './colour-scale';

/** The colours of the matrix with their numbers at the ends and in the middle, and what these mean. */
export function ColourLegend({ scale, palette }: { scale: ColourScale; palette: readonly string[] }) {
  return (
    <div className={classes.legend}>
      <div className={classes.scale}>
        <span className={classes.end}>less alike</span>
        <div className={classes.middle}>
          <div className={classes.bar} style={{ background: paletteGradient(palette) }} aria-hidden="true" />
          <Ticks labels={scale.ticks.map(({ label }) => label)} />
          {scale.kind === 'z' && <Ticks labels={scale.ticks.map(({ cosine }) => cosine ?? '')} isDimmed />}
        </div>
        <span className={classes.end}>more alike</span>
      </div>
      <p className={classes.words}>
        <strong>{scale.title}</strong>
        {scale.kind === 'z' && ', cosine below it'}. {scale.explanation}
      </p>
    </div>
  );
}

function Ticks({ labels, isDimmed = false }: { labels: readonly string[]; isDimmed?: boolean }) {
  return (
    <div className={isDimmed ? classes.cosines : classes.ticks}>
      {labels.map((label, i) => (
        <span key={i === 0 ? 'low' : i === 1 ? 'middle' : 'high'}>{label}</span>
      ))}
    </div>
  );
}
