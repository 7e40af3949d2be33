import { countOf } from '@/core/count-of';
import type { LayoutAlignment } from '@/core/projection/align-layouts';

/** Below this a residual is rounding. */
const nothing = 1e-6;

/** What is left over of a map after aligning it with the reference's, as it stands beside the map. */
export function describeResidual({ residual }: LayoutAlignment): string {
  if (residual === null) return 'too few rows in common';
  if (residual < nothing) return 'nothing left over';
  const percent = Math.round(residual * 100);
  const share =
    percent === 0 ? 'less than 1 %' : percent === 100 && residual < 0.995 ? '99 %' : `${percent} %`;
  return `${share} left over`;
}

/** How it was aligned, and what the number is. */
export function explainAlignment(alignment: LayoutAlignment, isIndependent: boolean): string {
  const start = isIndependent
    ? 'It started from its own principal components'
    : 'It started from the reference’s map';
  const moved = alignment.isMirrored ? 'mirrored, turned, scaled and moved' : 'turned, scaled and moved';
  return `${start}, and was ${moved} onto it over ${countOf(alignment.rows, 'row')} (Procrustes). Left over is the share of the places’ spread that differs even then. It is about the two pictures, not the models.`;
}
