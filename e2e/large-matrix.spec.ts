import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { npyHeader } from '../src/core/export/npy-header';
import { seededGaussian } from '../src/core/random';
import { cosine, expect, openPage, test } from './journey';

const width = 32;
const twinCount = 40;
const spread = 0.8;
/** No two are equally large, so that the order by topic is known. */
const topicSizes = [2900, 2700, 2500, 2300, 2100, 1900, 1700, 1500, 1300, 1100];
const rowCount = topicSizes.reduce((sum, size) => sum + size, 0);

/** Rows of ten topics, dealt out one by one, and forty of the later half that are nearly the same as one of the first. */
function makeRows() {
  const gaussian = seededGaussian(20_000);
  const centres = topicSizes.map(() => Float64Array.from({ length: width }, gaussian));
  const left = [...topicSizes];
  const topics: number[] = [];
  for (let topic = 0; topics.length < rowCount; topic = (topic + 1) % left.length) {
    if (left[topic] === 0) continue;
    left[topic]! -= 1;
    topics.push(topic);
  }
  const vectors = topics.map((topic) =>
    Float32Array.from({ length: width }, (_, k) => centres[topic]![k]! + spread * gaussian()),
  );
  for (let twin = 0; twin < twinCount; twin++)
    vectors[rowCount / 2 + twin] = vectors[twin]!.map((value) => value + 0.01 * gaussian());
  return { topics, vectors };
}

const nameOf = (topic: number) => `topic ${topic}`;
const matrixOf = (page: Page) => page.getByRole('region', { name: 'Matrix' });

/** The two rows under the crosshair, and what the card says of their cell. */
async function readCard(matrix: Locator) {
  const card = matrix.getByRole('tooltip');
  await expect(card).toContainText(/row \d+.*row \d+/s);
  const text = (await card.textContent())!;
  const [a, b] = [...text.matchAll(/row (\d+)/g)].map((match) => Number(match[1]));
  return { a: a!, b: b!, text };
}

async function choose(page: Page, menu: RegExp, option: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitemradio', { name: option }).click();
}

// Some minutes where the cores are busy: one of the long runs.
if (process.env.LONG_RUNS) {
  test('20,000 rows: cells, orders, parts, means and pairs of the matrix are those of the vectors', async ({
    page,
  }) => {
    test.setTimeout(900_000);
    const long = { timeout: 300_000 };
    const { topics, vectors } = makeRows();
    await openPage(page);
    const texts = topics.map((topic, row) => `note ${row} on ${nameOf(topic)},${nameOf(topic)}`);
    await page.getByRole('button', { name: 'Add data' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add data' });
    await dialog.getByLabel('Upload file').setInputFiles([
      { name: 'notes.csv', mimeType: 'text/csv', buffer: Buffer.from(['text,topic', ...texts].join('\n')) },
      {
        name: 'made.npy',
        mimeType: 'application/octet-stream',
        buffer: Buffer.concat([
          npyHeader({ rows: rowCount, dims: width }),
          ...vectors.map(({ buffer }) => new Uint8Array(buffer)),
        ]),
      },
    ]);
    await dialog.getByRole('button', { name: 'Use this data' }).click(long);
    await expect(dialog).toBeHidden(long);
    await page.getByRole('tab', { name: 'Matrix' }).click();
    const matrix = matrixOf(page);
    await expect(matrix).toHaveAttribute('data-run', /^made#/, long);
    await expect(matrix).toHaveAttribute('data-rows', String(rowCount));
    await expect(matrix).toHaveAttribute('data-state', 'ready', long);

    /** Mean cosine of the rows at two stretches of places, without those with themselves. */
    const meanOf = (order: readonly number[], down: number, across: number, span: number) => {
      let sum = 0;
      let count = 0;
      for (const a of order.slice(down * span, (down + 1) * span))
        for (const b of order.slice(across * span, (across + 1) * span))
          if (a !== b) {
            sum += cosine(vectors[a]!, vectors[b]!);
            count++;
          }
      return sum / count;
    };
    const canvas = (await matrix.locator('canvas').boundingBox())!;
    const checkBlocks = async (order: readonly number[]) => {
      const places = new Int32Array(rowCount);
      order.forEach((row, place) => {
        places[row] = place;
      });
      for (const [x, y] of [
        [0.35, 0.4],
        [0.5, 0.5],
        [0.62, 0.31],
      ] as const) {
        await page.mouse.move(canvas.x + canvas.width * x, canvas.y + canvas.height * y);
        const { a, b, text } = await readCard(matrix);
        const span = Number(
          /of (?:(\d+) × \d+ pairs|the [\d,]+ pairs among (\d+) rows)/.exec(text)!.slice(1).find(Boolean),
        );
        const shown = Number(/(?:pairs|rows) (−?\d\.\d\d)/.exec(text)![1]!.replace('−', '-'));
        const [down, across] = [a, b].map((row) => Math.floor(places[row]! / span));
        expect(Math.abs(shown - meanOf(order, down!, across!, span))).toBeLessThan(0.0051);
      }
      await page.mouse.move(canvas.x + 2, canvas.y + canvas.height - 2);
    };
    const input = topics.map((_, row) => row);
    await checkBlocks(input);
    await choose(page, /^Order/, 'topic');
    await expect(matrix).toHaveAttribute('data-order', 'column topic');
    await expect(matrix).toHaveAttribute('data-state', 'ready', long);
    await checkBlocks([...input].sort((a, b) => topics[a]! - topics[b]! || a - b));

    // Alike rows together: rows that follow each other are of one topic, and nearer than such rows are in the mean.
    await choose(page, /^Order/, 'Alike together');
    await expect(matrix).toHaveAttribute('data-order', /^alike .* by cluster$/, long);
    await expect(matrix).toHaveAttribute('data-state', 'ready', long);
    await expect(matrix).toContainText('Alike rows stand together: part by part');
    const map = matrix.getByRole('group', { name: /^Similarity matrix of/ });
    await map.focus();
    for (let step = 0; step < 12; step++) await page.keyboard.press('+');
    await expect(matrix).toContainText('Every cell is exact: one pair.');
    await expect(matrix).toHaveAttribute('data-state', 'ready', long);
    // Left of the diagonal, where the way down meets no row with itself.
    await page.keyboard.press('ArrowDown');
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowLeft');
    const followed: number[] = [];
    for (let step = 0; step < 12; step++) {
      const { a, b } = await readCard(matrix);
      followed.push(a);
      await expect
        .poll(async () =>
          Number(await matrix.getByRole('tooltip').locator('data[value]').getAttribute('value')),
        )
        .toBeCloseTo(cosine(vectors[a]!, vectors[b]!), 4);
      await page.keyboard.press('ArrowDown');
      await expect(matrix.getByRole('tooltip')).not.toContainText(`row ${a} `);
    }
    const steps = followed.slice(1).map((row, i) => cosine(vectors[row]!, vectors[followed[i]!]!));
    const sameTopic = followed.slice(1).filter((row, i) => topics[row] === topics[followed[i]!]);
    expect(sameTopic.length).toBeGreaterThanOrEqual(steps.length - 1);
    const ofFirst = input.filter((row) => topics[row] === topics[followed[0]!]).slice(0, 300);
    expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeGreaterThan(
      meanOf(ofFirst, 0, 0, 300) + 0.05,
    );

    // One topic against another.
    await page.getByRole('button', { name: /^Rows/ }).click();
    await page.getByRole('combobox', { name: 'Down' }).click();
    await page.getByRole('option', { name: 'topic: topic 8' }).click();
    await page.getByRole('combobox', { name: 'Across' }).click();
    await page.getByRole('option', { name: 'topic: topic 9' }).click();
    await page.keyboard.press('Escape');
    await expect(matrix).toHaveAttribute('data-rows', String(topicSizes[8]));
    await expect(matrix).toHaveAttribute('data-columns', String(topicSizes[9]));
    await expect(matrix).toHaveAttribute('data-state', 'ready', long);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(matrix).toHaveAttribute('data-rows', String(rowCount));

    // Means of topics, each from the sums of its unit vectors.
    const sums = topicSizes.map((_, topic) => {
      const sum = new Float64Array(width);
      vectors.forEach((vector, row) => {
        if (topics[row] !== topic) return;
        const length = Math.hypot(...vector);
        for (let k = 0; k < width; k++) sum[k]! += vector[k]! / length;
      });
      return sum;
    });
    await matrix.getByRole('button', { name: 'Means by topic' }).click();
    const means = page.getByRole('dialog', { name: 'Mean similarity by topic' });
    for (const [a, b] of [
      [0, 1],
      [3, 3],
      [9, 4],
    ] as const) {
      let product = 0;
      for (let k = 0; k < width; k++) product += sums[a]![k]! * sums[b]![k]!;
      const [sizeA, sizeB] = [topicSizes[a]!, topicSizes[b]!];
      const mean = a === b ? (product - sizeA) / (sizeA * (sizeA - 1)) : product / (sizeA * sizeB);
      const cell = means
        .getByRole('row', { name: new RegExp(`^${nameOf(a)} \\d`) })
        .getByRole('cell')
        .nth(b);
      const shown = Number((await cell.textContent())!.replace('−', '-'));
      expect(Math.abs(shown - mean)).toBeLessThan(0.0051);
    }
    await page.keyboard.press('Escape');

    // The nearest of all pairs are the rows that were made nearly the same.
    const panel = page.getByRole('region', { name: 'Pairs' });
    await expect(panel.getByRole('button', { name: 'Pairs (CSV)' })).toBeVisible(long);
    const started = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'Pairs (CSV)' }).click();
    const listed = readFileSync(await (await started).path(), 'utf8')
      .split('\n')
      .slice(1, 1 + twinCount)
      .map((line) => line.split(',').slice(0, 3).map(Number));
    expect(new Set(listed.map(([a, b]) => `${a} ${b! - rowCount / 2}`))).toEqual(
      new Set(Array.from({ length: twinCount }, (_, twin) => `${twin} ${twin}`)),
    );
    for (const [a, b, value] of listed)
      expect(Math.abs(value! - cosine(vectors[a!]!, vectors[b!]!))).toBeLessThan(1e-5);
  });
}
