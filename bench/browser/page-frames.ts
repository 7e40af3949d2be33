import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { seededGaussian } from '@/core/random';
import { kindOfRenderer } from '@/gl/renderer-kind';
import { type BenchmarkGroup, type BenchmarkResult, compareFigures, median } from '../benchmark';
import { makeTexts } from '../make-texts';
import { longWaitMs, untilIdle, withBuiltPage } from './built-page';
import { withBrowser } from './launch-browser';
import { type MainThreadUse, markPrefix, traceMainThread } from './trace-main-thread';

const usualRows = [10_000, 50_000, 200_000];
const beginMark = `${markPrefix}gesture`;
const doneMark = `${markPrefix}rest`;
const moves = 60;
const screenMs = 1000 / 60;

/** A hand on the map. Places are shares of the map's width and height. */
interface Hand {
  at(x: number, y: number): Promise<void>;
  readonly page: Page;
}

const gestures: Readonly<Record<string, (hand: Hand) => Promise<void>>> = {
  async pan({ at, page }) {
    await at(0.7, 0.7);
    await page.mouse.down();
    for (let move = 1; move <= moves; move++)
      await at(0.7 - 0.3 * Math.sin((3 * move) / moves), 0.7 - (0.3 * move) / moves);
    await page.mouse.up();
  },
  async zoom({ at, page }) {
    await at(0.5, 0.5);
    for (let move = 0; move < moves; move++) await page.mouse.wheel(0, move < moves / 2 ? -60 : 60);
  },
  async hover({ at }) {
    for (let move = 0; move < moves; move++) await at(0.3 + (0.4 * move) / moves, 0.5);
  },
  async lasso({ at, page }) {
    const round = (move: number) =>
      at(0.5 + 0.2 * Math.cos((6 * move) / moves), 0.5 + 0.2 * Math.sin((6 * move) / moves));
    await page.keyboard.down('Shift');
    await round(0);
    await page.mouse.down();
    for (let move = 1; move <= moves; move++) await round(move);
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.getByRole('region', { name: 'Selection', exact: true }).waitFor();
  },
};

interface Measured {
  /** Time from one frame to the next, in ms, shortest first. */
  readonly framesMs: readonly number[];
  readonly use: MainThreadUse;
}

/** Frames while a hand moves, zooms, hovers and selects on maps of places that came with the texts. */
export const pageFrames: BenchmarkGroup = {
  name: 'page-frames',
  about: 'frames of the built page while a hand pans, zooms, hovers and draws a lasso on a map',
  where: 'browser',
  async *run(context) {
    const sizes = context.shapes?.map(({ n }) => n) ?? usualRows;
    const results: BenchmarkResult[] = [];
    context.say('Building the page …');
    await withBuiltPage(context, async (address) => {
      for (const n of sizes)
        await withBrowser(async (browser) => {
          const page = browser.pages()[0] ?? (await browser.newPage());
          await page.goto(address);
          await untilIdle(page);
          await showPlaces(page, n);
          const full = await nameRenderer(page);
          context.say(`${n} points, drawn by the ${kindOfRenderer(full)}: ${full}`);
          const renderer = shortName(full);
          for (const [name, gesture] of Object.entries(gestures)) {
            const rounds: Measured[] = [];
            for (let round = 0; round < context.rounds; round++) rounds.push(await measure(page, gesture));
            const middle = (pick: (measured: Measured) => number) => median(rounds.map(pick));
            const shape = { n, d: null, better: 'less', unit: 'ms' } as const;
            const frames = rounds.flatMap(({ framesMs }) => framesMs);
            const figures = [
              compareFigures({
                ...shape,
                name: `${name}, a frame in the middle (${renderer})`,
                value: median(frames),
                peer: { name: '60 a second', value: screenMs },
              }),
              compareFigures({
                ...shape,
                name: `${name}, one frame in twenty is longer (${renderer})`,
                value: frames.toSorted((a, b) => a - b)[Math.floor(0.95 * (frames.length - 1))]!,
                peer: { name: '60 a second', value: screenMs },
              }),
              compareFigures({
                ...shape,
                name: `${name}, longest task of the main thread`,
                value: middle(({ use }) => use.longestTaskMs),
                peer: { name: 'aim', value: 50 },
              }),
            ];
            results.push(...figures);
            // A person who stops the rest keeps what is known.
            for (const { name: what, value } of figures) context.say(`${what}: ${value.toFixed(1)} ms`);
          }
        });
    });
    yield* results;
  },
};

/** Shows n texts at places of their own; the baselines are called off or done, so that the page has nothing else to do. */
async function showPlaces(page: Page, n: number): Promise<void> {
  const next = seededGaussian(n);
  const lines = makeTexts(n).map((text, row) => {
    const group = row % 40;
    const x = 3 * Math.cos(2.4 * group) * Math.sqrt(group) + next();
    const y = 3 * Math.sin(2.4 * group) * Math.sqrt(group) + next();
    return `"${text.replaceAll('"', '""')}",group ${group},${x.toFixed(4)},${y.toFixed(4)}`;
  });
  const folder = await mkdtemp(join(tmpdir(), 'bench-places-'));
  const path = join(folder, 'places.csv');
  await writeFile(path, `text,label,x,y\n${lines.join('\n')}`);
  await page.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  await dialog.getByLabel('Upload file').setInputFiles(path);
  const use = dialog.getByRole('button', { name: 'Use this data' }).and(page.locator(':enabled'));
  await use.click({ timeout: longWaitMs });
  await dialog.waitFor({ state: 'hidden', timeout: longWaitMs });
  await rm(folder, { recursive: true });
  const runs = page.getByRole('list', { name: 'Runs' }).getByRole('listitem');
  for (const run of [runs.nth(1), runs.nth(0)]) {
    const cancel = run.getByRole('button', { name: 'Cancel' });
    const finished = run.and(page.getByRole('listitem', { name: /done/ }));
    await cancel.or(finished).first().waitFor({ timeout: longWaitMs });
    // A fast machine has finished a small one before a hand is there.
    if (await cancel.isVisible()) await cancel.click({ timeout: 20_000 }).catch(() => finished.waitFor());
  }
  await page.locator(`[data-points="${n}"][data-state="ready"]`).waitFor({ timeout: longWaitMs });
  await untilIdle(page);
}

async function measure(page: Page, gesture: (hand: Hand) => Promise<void>): Promise<Measured> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await page.waitForTimeout(1000);
  const box = await page.locator('[data-points][data-state="ready"]').boundingBox();
  if (box === null) throw new Error('There is no map.');
  const session = await page.context().newCDPSession(page);
  const stopTrace = await traceMainThread(session);
  await page.evaluate((mark) => {
    const counted = globalThis as unknown as { frames: number[]; isCounting: boolean };
    counted.frames = [];
    counted.isCounting = true;
    const count = (timeMs: number) => {
      counted.frames.push(timeMs);
      if (counted.isCounting) requestAnimationFrame(count);
    };
    performance.mark(mark);
    requestAnimationFrame(count);
  }, beginMark);
  await gesture({ page, at: (x, y) => page.mouse.move(box.x + x * box.width, box.y + y * box.height) });
  const times = await page.evaluate(() => {
    const counted = globalThis as unknown as { frames: number[]; isCounting: boolean };
    counted.isCounting = false;
    return counted.frames;
  });
  // What the gesture leads to, such as a selection's words, belongs to it.
  await page.waitForTimeout(1000);
  await page.evaluate((mark) => performance.mark(mark), doneMark);
  const use = await stopTrace(beginMark, doneMark);
  await session.detach();
  const framesMs = times.slice(1).map((timeMs, i) => timeMs - times[i]!);
  return { framesMs: framesMs.toSorted((a, b) => a - b), use };
}

/** What draws: the name of the graphics card, or of the software that stands in for one. */
async function nameRenderer(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('webgl2');
    const info = context?.getExtension('WEBGL_debug_renderer_info');
    if (context == null || info == null) return 'unnamed renderer';
    return String(context.getParameter(info.UNMASKED_RENDERER_WEBGL));
  });
}

/** The part of a renderer's name that tells it from others: `NVIDIA H100` of `ANGLE (NVIDIA, Vulkan 1.4 (NVIDIA H100 (0x2330)), …)`. */
function shortName(renderer: string): string {
  const software = /llvmpipe|SwiftShader/i.exec(renderer)?.[0];
  return software ?? /^ANGLE \([^,]*, (?:Vulkan [\d.]+ \()?([^,(/]*[^,(/ ])/.exec(renderer)?.[1] ?? renderer;
}
