import { contextColour, paletteColour, sequentialPalette } from './palettes';
import { bytesOf, packColour } from './row-colours';

/** The palette's first stops vanish on the ground, so that a share of 0 begins a little further on. */
const palest = 2 / 7;
const steps = 256;

/** Stops of the colours of shares 0 to 1, low at the left: fixed, never stretched to the data. */
export function shareStops(isDark: boolean): readonly string[] {
  const stops = Array.from({ length: 8 }, (_, i) => shareColour(i / 7, isDark));
  return stops.map(([red, green, blue]) => `rgb(${red} ${green} ${blue})`);
}

/** Rows × 4 RGBA bytes by a share of each row; rows without one (NaN) take the ground's grey. */
export function shareColours(shares: Float32Array, isDark: boolean): Uint8Array {
  const table = Uint32Array.from({ length: steps }, (_, i) =>
    packColour(shareColour(i / (steps - 1), isDark)),
  );
  const none = packColour(contextColour(isDark));
  const colours = new Uint32Array(shares.length);
  for (let row = 0; row < shares.length; row++) {
    const share = shares[row]!;
    colours[row] = share >= 0 ? table[Math.round(share * (steps - 1))]! : none;
  }
  return bytesOf(colours);
}

function shareColour(share: number, isDark: boolean) {
  return paletteColour(sequentialPalette(isDark), palest + (1 - palest) * share);
}
