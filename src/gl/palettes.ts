/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

export type ModelShape = 'hexagon' | 'square' | 'triangle' | 'diamond' | 'triangle-down' | 'plus';

const dusk = ['#FFFDF8', '#FBE7C4', '#F5BE8C', '#E58A78', '#BE5A7E', '#833E83', '#4A2C73', '#1C1A45'];
const divergingLight = ['#96430F', '#D0824A', '#EFC39F', '#F3F3F1', '#A9C3E8', '#5B8AD0', '#1D4E9E'];
const divergingDark = ['#FFB878', '#C4773A', '#6B4023', '#20262E', '#2B4C7E', '#4F86D9', '#8FBBFF'];

const categoriesLight = [
  '#135EC6',
  '#CA7D48',
  '#7D2579',
  '#36A8A2',
  '#A95472',
  '#365818',
  '#9776E5',
  '#766F00',
  '#D0AC2C',
  '#A1AAF4',
  '#581000',
  '#382050',
];
const categoriesDark = [
  '#7891FE',
  '#E9AE99',
  '#D378AF',
  '#8DF2F5',
  '#BE427F',
  '#488C00',
  '#9057C6',
  '#9FAB0D',
  '#F4E38A',
  '#A6BDFB',
  '#880098',
  '#3808F8',
];
const contextLight = '#C9CED6';
const contextDark = '#3A424D';

const models: readonly { name: string; shape: ModelShape; light: string; dark: string }[] = [
  { name: 'a', shape: 'hexagon', light: '#2B5FC7', dark: '#7FA8F5' },
  { name: 'b', shape: 'square', light: '#B4531A', dark: '#F0A05C' },
  { name: 'c', shape: 'triangle', light: '#1D7A6B', dark: '#57C2AE' },
  { name: 'd', shape: 'diamond', light: '#8A3A8F', dark: '#D68BDA' },
  { name: 'e', shape: 'triangle-down', light: '#6B6A12', dark: '#C6C24A' },
  { name: 'f', shape: 'plus', light: '#B02F58', dark: '#F08BA8' },
];
const laterModelLight = '#67707C';
const laterModelDark = '#87919E';

/** How many categories have a colour of their own; those after share the context grey. */
export const categoryColourCount = categoriesLight.length;

/** How many models have a colour and shape of their own. */
export const modelSlotCount = models.length;

/** Stops of the sequential palette "Dusk", low to high; turned round in the dark so that "more alike" stands out from the ground. */
export function sequentialPalette(isDark: boolean): readonly string[] {
  return isDark ? duskReversed : dusk;
}
const duskReversed = [...dusk].reverse();

/** Stops of the diverging palette, low to high; zero belongs in the middle. */
export function divergingPalette(isDark: boolean): readonly string[] {
  return isDark ? divergingDark : divergingLight;
}

/** Colour of unselected, filtered and unnamed rows. */
export function contextColour(isDark: boolean): string {
  return isDark ? contextDark : contextLight;
}

/** Colour of category `index` (from 0); the thirteenth and later ones, and negative indices for "no cluster", are the context grey. */
export function categoryColour(index: number, isDark: boolean): string {
  return (isDark ? categoriesDark : categoriesLight)[index] ?? contextColour(isDark);
}

/** Colour of the model in `slot` (from 0); a seventh model and later ones are grey. */
export function modelColour(slot: number, isDark: boolean): string {
  const model = models[slot];
  if (model === undefined) return isDark ? laterModelDark : laterModelLight;
  return isDark ? model.dark : model.light;
}

/** Shape of the model in `slot` (from 0); later ones begin again with the first shape, in grey. */
export function modelShape(slot: number): ModelShape {
  return models[slot % models.length]?.shape ?? 'hexagon';
}

/** Name of the CSS variable that holds a model's colour, such as `--model-a`. */
export function modelColourVariable(slot: number): string {
  return `--model-${models[slot]?.name ?? 'later'}`;
}

/** The CSS variables of all model colours in one scheme. */
export function modelColourVariables(isDark: boolean): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: models.length + 1 }, (_, slot) => [
      modelColourVariable(slot),
      modelColour(slot, isDark),
    ]),
  );
}

/** Reads `#RRGGBB`. Throws a RangeError on anything else. */
export function parseHex(hex: string): Rgb {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new RangeError(`Not a colour of the form #RRGGBB: ${hex}`);
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Colour at `t` (0 low, 1 high, clamped) on evenly spaced stops, mixed in sRGB as a CSS gradient does. Throws a RangeError without stops. */
export function paletteColour(stops: readonly string[], t: number): Rgb {
  const place = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const index = Math.min(Math.floor(place), Math.max(0, stops.length - 2));
  const low = stops[index];
  const high = stops[index + 1] ?? low;
  if (low === undefined || high === undefined) throw new RangeError('A palette needs at least one colour.');
  const from = parseHex(low);
  const to = parseHex(high);
  const share = place - index;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [mix(0), mix(1), mix(2)];
}

/** Black or white, whichever stands out more from a ground: 4.5 to 1 or more on any (WCAG 2.2, relative luminance). */
export function readableOn(ground: Rgb): '#000000' | '#FFFFFF' {
  const [red, green, blue] = ground.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (luminance + 0.05) ** 2 > 1.05 * 0.05 ? '#000000' : '#FFFFFF';
}

/** `count` colours along the stops as RGBA bytes, low to high, opaque: what the shader looks up. */
export function paletteTable(stops: readonly string[], count = 256): Uint8Array {
  const table = new Uint8Array(4 * count);
  for (let index = 0; index < count; index++) {
    const [red, green, blue] = paletteColour(stops, count > 1 ? index / (count - 1) : 0);
    table.set([red, green, blue, 255], 4 * index);
  }
  return table;
}

/** A CSS gradient of the stops, low at the left, for legends. */
export function paletteGradient(stops: readonly string[]): string {
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
