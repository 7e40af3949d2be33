import { textAt } from '@/core/dataset/text-column';
import { packIndices, packNumbers, unpackNumbers } from './packed-numbers';
import { quantise, restore } from './quantise';
import { excerptLength, type ReportContents, type ReportData } from './report-data';

type Box = ReportData['frame'];

/**
 * A report as it lies in its file: places in 65,535 steps of the box around all maps, cosines of neighbours in hundredths as
 * they are shown, block means in 65,535 steps between the lowest and the highest; texts as the author chose. No vectors.
 */
export function packReport(contents: ReportContents): ReportData {
  const { texts, groups, scale, maps, matrix, ...head } = contents;
  const frame = boxAround(maps.map(({ positions }) => positions));
  return {
    format: 'murmuration report',
    version: 1,
    ...head,
    texts: packTexts(contents),
    groups: groups === null ? null : { ...groups, groupOf: packIndices(groups.groupOf) },
    scale: scale === null ? null : { ...scale, shares: packNumbers(quantise(scale.shares, 0, 1)) },
    frame,
    maps: maps.map(({ positions, ids, similarities, ...map }) => ({
      ...map,
      x: packNumbers(quantise(everySecond(positions, 0), frame[0], frame[2])),
      y: packNumbers(quantise(everySecond(positions, 1), frame[1], frame[3])),
      ids: packIndices(ids),
      similarities: packNumbers(Int8Array.from(similarities, inHundredths)),
    })),
    matrix: matrix === null ? null : packMatrix(matrix),
  };
}

/** The places of a map, rows × 2, NaN without one. */
export function placesOf(
  data: Pick<ReportData, 'frame'>,
  map: ReportData['maps'][number],
): Float32Array<ArrayBuffer> {
  const [left, bottom, right, top] = data.frame;
  const xs = restore(unpackNumbers(map.x), left, right);
  const ys = restore(unpackNumbers(map.y), bottom, top);
  const places = new Float32Array(2 * xs.length);
  for (let row = 0; row < xs.length; row++) {
    places[2 * row] = xs[row]!;
    places[2 * row + 1] = ys[row]!;
  }
  return places;
}

/** Where each row lies on the scale that colours it, 0 to 1, NaN for nowhere. */
export function sharesOf({ shares }: NonNullable<ReportData['scale']>): Float32Array<ArrayBuffer> {
  return restore(unpackNumbers(shares), 0, 1);
}

/** The block means of a report's matrix, row by row. */
export function blockMeansOf({
  values,
  low,
  high,
}: NonNullable<ReportData['matrix']>): Float32Array<ArrayBuffer> {
  return restore(unpackNumbers(values), low, high);
}

/** The text up to so many characters, a sign of its cut included. */
export function excerptOf(text: string): string {
  if (text.length <= excerptLength) return text;
  // By characters, so that none is cut in two.
  const characters = Array.from(text.slice(0, 2 * excerptLength + 2));
  return characters.length <= excerptLength
    ? text
    : `${characters
        .slice(0, excerptLength - 1)
        .join('')
        .trimEnd()}…`;
}

function packTexts({ texts, textShare }: ReportContents): string[] | null {
  if (textShare === 'none') return null;
  const column = { joined: texts.joined, ends: texts.ends as Uint32Array<ArrayBuffer> };
  return Array.from(texts.ends, (_, row) => {
    const text = textAt(column, row);
    return textShare === 'full' ? text : excerptOf(text);
  });
}

function packMatrix({ values, rows, ...head }: NonNullable<ReportContents['matrix']>): ReportData['matrix'] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const ends = low <= high ? { low, high } : { low: 0, high: 0 };
  return {
    ...head,
    ...ends,
    values: packNumbers(quantise(values, ends.low, ends.high)),
    rows: packIndices(Int32Array.from(rows)),
  };
}

/** As the page rounds what it shows. */
function inHundredths(cosine: number): number {
  return Number.isNaN(cosine) ? 0 : Math.round(100 * Number(cosine.toFixed(2)));
}

function everySecond(values: Float32Array, from: number): Float32Array {
  return Float32Array.from({ length: values.length / 2 }, (_, i) => values[2 * i + from]!);
}

function boxAround(layouts: readonly Float32Array[]): Box {
  const box: [number, number, number, number] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const layout of layouts) {
    layout.forEach((value, i) => {
      const axis = i % 2;
      if (value < box[axis]!) box[axis] = value;
      if (value > box[axis + 2]!) box[axis + 2] = value;
    });
  }
  return box[0] <= box[2] ? box : [0, 0, 0, 0];
}
