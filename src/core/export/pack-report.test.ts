import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { seededRandom } from '@/core/random';
import { blockLevel, readBlocks, tileOfBlocks } from './block-grid';
import { foreseeReportBytes } from './foresee-report';
import { blockMeansOf, excerptOf, packReport, placesOf, sharesOf } from './pack-report';
import { packIndices, packNumbers, unpackNumbers } from './packed-numbers';
import { quantise, restore } from './quantise';
import {
  excerptLength,
  type ReportContents,
  type ReportData,
  reportCells,
  reportDataId,
  reportNeighbours,
} from './report-data';
import { escapeJson, reportHtml } from './report-html';

const fixed = { seed: 8, numRuns: 60 };
const hostile = [
  '</script><script>window.ran=1</script>',
  '<!--<script>',
  'a\u2028b\u2029c',
  ']]>\u0000\\u003c"\'',
  '=1+1',
  '\ud83d\ude00'.repeat(200),
];

function contentsOf(texts: readonly string[], change: Partial<ReportContents> = {}): ReportContents {
  const rows = texts.length;
  return {
    title: '</title><script>window.ran=1</script>',
    writtenAt: 1_800_000_000_000,
    pageVersion: '0',
    dataset: { name: 'd', rowCount: rows, labelColumn: null, remarks: [] },
    textShare: 'full',
    runs: [],
    comparison: null,
    examples: [],
    steps: [],
    definitions: [],
    settings: [],
    texts: packTexts(texts),
    groups: null,
    scale: null,
    maps: [],
    matrix: null,
    ...change,
  };
}

/** What a browser makes of the file: the text of the data element ends at the first `</script`. */
function readBack(html: string): ReportData {
  const opening = `<script type="application/json" id="${reportDataId}">`;
  const from = html.indexOf(opening) + opening.length;
  const inside = html.slice(from, html.toLowerCase().indexOf('</script', from));
  expect(inside).not.toMatch(/[<>\u2028\u2029]/);
  return JSON.parse(inside);
}

it('rows along a scale come back to a 65,534th of it, those without a value as such', () => {
  const shares = Float32Array.of(0, 1, 0.123456, Number.NaN, 0.5);
  const scale = {
    title: 'year',
    ends: ['1990', '2020'],
    about: '',
    emptyCount: 1,
    words: ['1990', '2020', '1994', '', '2005'],
    shares,
  } as const;
  const read = readBack(reportHtml(packReport(contentsOf(['a', 'b', 'c', 'd', 'e'], { scale })), ''));
  expect(read.scale).toMatchObject({ title: 'year', ends: ['1990', '2020'], words: scale.words });
  sharesOf(read.scale!).forEach((share, row) => {
    if (row === 3) expect(share).toBeNaN();
    else expect(Math.abs(share - shares[row]!)).toBeLessThanOrEqual(1 / 65_534);
  });
});

describe('numbers in a report', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.int32Array(), fc.int8Array(), fc.uint16Array(), (whole, small, codes) => {
        expect([...unpackNumbers(packNumbers(whole))]).toEqual([...whole]);
        expect([...unpackNumbers(packNumbers(small))]).toEqual([...small]);
        expect([...unpackNumbers(packNumbers(codes))]).toEqual([...codes]);
      }),
      fixed,
    );
  });

  it('take two bytes an index up to 32,767, four beyond', () => {
    for (const most of [0, 32_767, 32_768]) {
      const indices = Int32Array.of(-1, most);
      const packed = packIndices(indices);
      expect(packed.kind).toBe(most < 32_768 ? 'i16' : 'i32');
      expect([...unpackNumbers(packed)]).toEqual([...indices]);
    }
  });

  it('are off by half a step at most, and stay absent where they were', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ min: -50, max: 50, noNaN: true, minLength: 1 }),
        fc.float({ min: Math.fround(0.1), max: 100, noNaN: true }),
        (values, width) => {
          const back = restore(quantise(values, -50, -50 + width), -50, -50 + width);
          values.forEach((value, i) => {
            const inside = Math.min(-50 + width, value);
            expect(Math.abs(back[i]! - inside)).toBeLessThanOrEqual(width / 65_534 / 2 + 1e-5);
          });
        },
      ),
      fixed,
    );
    expect(restore(quantise(Float32Array.of(Number.NaN), 0, 1), 0, 1)).toEqual(Float32Array.of(Number.NaN));
    expect([...restore(quantise(Float32Array.of(3, 3), 3, 3), 3, 3)]).toEqual([3, 3]);
  });
});

describe('packReport', () => {
  const positions = Float32Array.of(-3, 2, 5, 9, Number.NaN, Number.NaN);
  const map = {
    run: 'm',
    placed: 2,
    residual: '',
    remark: '',
    quality: null,
    k: 1,
    positions,
    ids: Int32Array.of(1, 0, -1),
    similarities: Float32Array.of(0.125, -0.005, Number.NaN),
  };

  it('keeps places, neighbours as they are shown, and block means', () => {
    const values = Float32Array.of(1, 0.25, 0.25, Number.NaN);
    const matrix = {
      run: 'm',
      order: '',
      size: 2,
      level: 0,
      cells: 2,
      range: [0, 1] as const,
      ticks: ['0', '', '1'] as const,
      scale: null,
      explanation: '',
      values,
      rows: Uint32Array.of(1, 0),
    };
    const data = packReport(contentsOf(['a', 'b', 'c'], { maps: [map], matrix }));
    const places = placesOf(data, data.maps[0]!);
    positions.forEach((value, i) => {
      if (Number.isNaN(value)) expect(places[i]).toBeNaN();
      else expect(places[i]).toBeCloseTo(value, 3);
    });
    expect([...unpackNumbers(data.maps[0]!.ids)]).toEqual([1, 0, -1]);
    // As toFixed(2) writes the float32: 0.13, −0.00, and nothing.
    expect([...unpackNumbers(data.maps[0]!.similarities)]).toEqual([13, 0, 0]);
    const means = blockMeansOf(data.matrix!);
    expect(means[0]).toBe(1);
    expect(means[1]).toBeCloseTo(0.25, 4);
    expect(means[3]).toBeNaN();
    expect(JSON.stringify(data)).not.toContain('positions');
  });

  it('holds as much of the texts as its author chose', () => {
    const texts = ['short', 'x'.repeat(1000)];
    const of = (textShare: ReportContents['textShare']) => packReport(contentsOf(texts, { textShare })).texts;
    expect(of('full')).toEqual(texts);
    expect(of('none')).toBeNull();
    expect(of('excerpt')).toEqual(['short', `${'x'.repeat(excerptLength - 1)}…`]);
    const faces = '\ud83d\ude00'.repeat(300);
    expect(Array.from(excerptOf(faces))).toHaveLength(excerptLength);
    expect(excerptOf(faces)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});

test('10,000 rows on four maps, with excerpts of long texts and the matrix, are a file of less than 10 MB', () => {
  const rows = 10_000;
  const random = seededRandom(8);
  const map = (run: string) => ({
    run,
    placed: rows,
    residual: '',
    remark: '',
    quality: null,
    k: reportNeighbours,
    positions: Float32Array.from({ length: 2 * rows }, random),
    ids: Int32Array.from({ length: rows * reportNeighbours }, () => Math.floor(random() * rows)),
    similarities: Float32Array.from({ length: rows * reportNeighbours }, random),
  });
  const matrix = {
    run: 'a',
    order: '',
    size: rows,
    level: 5,
    cells: reportCells,
    range: [0, 1] as const,
    ticks: ['0', '', '1'] as const,
    scale: null,
    explanation: '',
    values: Float32Array.from({ length: reportCells ** 2 }, random),
    rows: Uint32Array.from({ length: rows }, (_, row) => row),
  };
  const texts = Array.from(
    { length: rows },
    (_, row) => `${row} ${'a long text goes on and on '.repeat(20)}`,
  );
  const contents = contentsOf(texts, {
    textShare: 'excerpt',
    maps: ['a', 'b', 'c', 'd'].map(map),
    matrix,
  });
  // The journey of the report holds the script, with a small report, under 2 MB.
  const size = reportHtml(packReport(contents), 'x'.repeat(2_000_000)).length;
  expect(size).toBeLessThan(10_000_000);

  // What the menu says before it is written is near to what it becomes, however much of the texts is in it.
  for (const textShare of ['full', 'excerpt', 'none'] as const) {
    const written = reportHtml(packReport({ ...contents, textShare }), 'x'.repeat(1_041_000)).length;
    const about = { texts: packTexts(texts), textShare, maps: 4, matrixRows: reportCells, scaleCells: null };
    expect(Math.abs(foreseeReportBytes(about) / written - 1)).toBeLessThan(0.03);
  }

  // Along a scale each row's value is in the file too, as it is written.
  const words = texts.map((_, row) => `${2020 + (row % 7)}-0${1 + (row % 9)}-11 10:20:00`);
  const shares = Float32Array.from({ length: rows }, random);
  const scale = { title: 'day', ends: ['2020', '2027'], about: '', emptyCount: 0, words, shares } as const;
  const along = { ...contents, textShare: 'none', maps: [map('a')], matrix: null, scale } as const;
  const written = reportHtml(packReport(along), 'x'.repeat(1_041_000)).length;
  const about = { texts: packTexts(texts), textShare: 'none', maps: 1, matrixRows: 0 } as const;
  const foreseen = foreseeReportBytes({ ...about, scaleCells: packTexts(words) });
  expect(Math.abs(foreseen / written - 1)).toBeLessThan(0.03);
});

describe('reportHtml', () => {
  it('leaves hostile texts inert and whole', () => {
    const html = reportHtml(packReport(contentsOf(hostile)), 'void 0;');
    expect(readBack(html).texts).toEqual(hostile);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('window.ran=1</script>');
    fc.assert(
      fc.property(fc.uint16Array(), (units) => {
        const text = String.fromCharCode(...units);
        expect(JSON.parse(escapeJson(JSON.stringify(text)))).toBe(text);
      }),
      fixed,
    );
  });

  it('lets its own script run and nothing else, and no request', () => {
    const html = reportHtml(packReport(contentsOf(['a'])), 'void 0;');
    // echo -n 'void 0;' | openssl dgst -sha256 -binary | base64
    expect(html).toContain(
      "script-src 'sha256-T1YEXClWF9CUhD2vRqC2ZkctVhPSMrn+MCIkJI7U02I=' 'wasm-unsafe-eval';",
    );
    expect(html).toContain("default-src 'none'");
    expect(() => reportHtml(packReport(contentsOf(['a'])), '"</script>"')).toThrow(RangeError);
  });
});

describe('block means', () => {
  const load = (size: number) => async (level: number, rowTile: number, columnTile: number) => {
    const span = 2 ** level;
    const cells = Math.ceil(size / span);
    return Float32Array.from({ length: 256 * 256 }, (_, i) => {
      const row = rowTile * 256 + Math.floor(i / 256);
      const column = columnTile * 256 + (i % 256);
      return row < cells && column < cells ? row * 1000 + column : Number.NaN;
    });
  };

  it('are read from tiles at the finest level that fits', async () => {
    for (const [size, level, cells] of [
      [3, 0, 3],
      [512, 0, 512],
      [513, 1, 257],
      [10_000, 5, 313],
    ] as const) {
      expect(blockLevel(size, 512)).toBe(level);
      const grid = await readBlocks(size, 512, load(size));
      expect(grid).toMatchObject({ size, level, cells });
      for (const [row, column] of [
        [0, 0],
        [cells - 1, 0],
        [1, cells - 1],
        [cells - 1, cells - 1],
      ] as const)
        expect(grid.values[row * cells + column]).toBe(row * 1000 + column);
    }
  });

  it('are averaged again for a coarser level', () => {
    const values = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, Number.NaN);
    const tile = tileOfBlocks({ cells: 3, values }, 1, 0, 0);
    expect(tile[0]).toBe(3);
    expect(tile[1]).toBe(4.5);
    expect(tile[256]).toBe(7.5);
    expect(tile[257]).toBeNaN();
    expect(tile[2]).toBeNaN();
    expect([...tileOfBlocks({ cells: 3, values }, 0, 0, 0).subarray(0, 3)]).toEqual([1, 2, 3]);
  });
});
