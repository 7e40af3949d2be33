import { paletteGradient } from '@/gl/palettes';
import { ScaleLine } from '@/gl/scale-line';
import { shareStops } from '@/gl/share-colours';
import classes from './shared-legend.module.css';

/** What the colours of shared neighbours mean: always from none to all. */
export function SharedLegend({ isDark, hasSeveral }: { isDark: boolean; hasSeveral: boolean }) {
  return (
    <ScaleLine
      isDark={isDark}
      name="Neighbours shared with the reference"
      ends={['0', 'all']}
      about={hasSeveral ? 'On the reference’s map: the mean over the others.' : ''}
      grey="not compared"
    />
  );
}

/** What the colours under the distance lens mean; floats, so that the maps stay where they are while it comes and goes. */
export function LensLegend({ isDark, row }: { isDark: boolean; row: number }) {
  return (
    <div
      className={classes.lens}
      role="img"
      aria-label={`Colours: how alike to row ${row}: share of the model’s pairs that are less alike, 0 to 100 %`}
    >
      <span>Alike to row {row}</span>
      <span className={classes.end}>0</span>
      <span className={classes.bar} style={{ background: paletteGradient(shareStops(isDark)) }} />
      <span className={classes.end}>100 %</span>
    </div>
  );
}
