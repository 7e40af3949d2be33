import type { Bounds } from './camera';
import type { ShareChannel } from './share-channel';
import { boundPositions, uniteBounds } from './world-points';

/** One map: where its rows are, and what joins them. */
export interface MapPane {
  key: string;
  /** Rows × 2, y up, in any unit; NaN for a row without a vector. A new array is a new layout. */
  positions: Float32Array;
  /** Lines between rows. */
  links?: readonly { from: number; to: number }[];
  /** Rows with a thin ring in this pane instead of those common to all. */
  ringed?: readonly number[];
  /** Colour of links and thin rings in this pane, such as its model's. */
  markColour?: string;
  /** Rows × 4 RGBA bytes of this pane instead of those common to all. */
  colours?: Uint8Array;
  /** Another map in the same coordinates that the points go to as the share grows. */
  morph?: { to: Float32Array; share: ShareChannel };
  /** Places of the same rows elsewhere, in the same coordinates: `ghosts` are ringed there, `trails` lead from there. */
  origins?: Float32Array;
  ghosts?: readonly number[];
  trails?: readonly number[];
}

/** The box around the points of a pane, and around those that it morphs to. */
export function boundPane({ positions, morph }: MapPane): Bounds | null {
  const box = boundPositions(positions);
  return morph === undefined ? box : uniteBounds([box, boundPositions(morph.to)]);
}
