import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, openPage, pasteTexts, readyMap, runItem } from './journey';
import { type ApiServer, startApiServer } from './server/api-server';
import type { FaultName } from './server/faults';

/** What a run is asked for, and what its server does meanwhile. */
export interface RunWish {
  readonly faults: readonly FaultName[];
  readonly model: string;
  readonly dimensions?: number | null;
  /** Called as an embeddings request comes in, with its number from 1; may set other faults. */
  readonly onEmbeddings?: (count: number, server: ApiServer) => void;
  readonly settings?: Parameters<ApiServer['setFaults']>[1];
}

/** A reason that is shown for failed texts, and for how many. */
interface ShownFailure {
  readonly count: number;
  readonly reason: string;
}

const key = 'a-key-that-nobody-may-see';
/** Nothing has changed for this long: whoever is awaited is awaited by the clock. */
const stillMs = 15;
/** Longer than any pause between two requests. */
const pauseMs = 61_000;
/** Longer than a request may take. */
const patienceMs = 121_000;

function plain(text: string | null): string {
  return (text ?? '').replaceAll('\u00a0', ' ');
}

/** A run in the panel and the server it is sent to. */
export class DeskRun {
  readonly item: Locator;
  /** Every line the panel showed for it. */
  readonly seen = new Set<string>();

  constructor(
    private readonly page: Page,
    readonly server: ApiServer,
    model: string,
    private readonly mayHang: () => boolean,
    private readonly givenUp: string[],
    private readonly texts: readonly string[],
  ) {
    this.item = runItem(page, model);
  }

  /** What it says of itself: `done`, `stopped`, `1 failed` … */
  async state(): Promise<string> {
    const shown = await this.item.evaluate((item) => [item.getAttribute('aria-label'), item.textContent]);
    this.seen.add(plain(shown[1] ?? null));
    return plain(shown[0] ?? null).replace(/^.*, /, '');
  }

  /** All its words, with plain spaces. */
  async words(): Promise<string> {
    return plain(await this.item.textContent());
  }

  /**
   * Lets it go on until `isEnough` or until it has ended, and returns its state. The page's clock is put forward whenever
   * nothing moves on the screen or at the server, so that pauses take no time.
   */
  async goOn(isEnough: () => boolean = () => false): Promise<string> {
    const { log } = this.server;
    let before = '';
    let stillSince = performance.now();
    let patience = stillMs;
    for (;;) {
      const state = await this.state();
      if (!/^(running|waiting)/.test(state) || isEnough()) return state;
      const now = JSON.stringify([log.requests.length, log.inFlight, [...this.seen].at(-1), this.seen.size]);
      if (now !== before) {
        patience = stillMs;
        stillSince = performance.now();
        before = now;
      } else if (log.inFlight > 0 && !this.mayHang()) stillSince = performance.now();
      else if (performance.now() - stillSince > (log.inFlight === 0 ? patience : 4 * patience)) {
        await this.page.clock.fastForward(log.inFlight === 0 ? pauseMs : patienceMs);
        // Where that did not help, something real may be under way on a busy machine.
        patience *= 2;
        stillSince = performance.now();
      }
      await wait(10);
    }
  }

  /** Has it go on, and waits until it says that it does. */
  async press(name: 'Resume' | 'Retry failed'): Promise<void> {
    const change = this.item.evaluate(
      (item) =>
        new Promise<void>((resolve) => {
          new MutationObserver(() => resolve()).observe(item, { attributeFilter: ['aria-label'] });
        }),
    );
    await this.item.getByRole('button', { name }).click();
    await change;
  }

  async remove(): Promise<void> {
    await this.item.getByRole('button', { name: 'Remove' }).click();
    await expect(this.item).toHaveCount(0);
  }

  /** The reasons shown for texts that failed. */
  async failures(): Promise<ShownFailure[]> {
    const fold = this.item.locator('details', { has: this.page.getByText(/^Why [\d,]+ failed$/) });
    if ((await fold.count()) === 0) return [];
    const groups = await fold.locator('summary + div > div').evaluateAll((all) =>
      all.map((group) =>
        [...group.childNodes]
          .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
          .map(({ textContent }) => textContent)
          .join(''),
      ),
    );
    return groups.map((words) => {
      const [, count, reason] = /^([\d,]+) × (.*)$/s.exec(plain(words))!;
      return { count: Number(count!.replaceAll(',', '')), reason: reason! };
    });
  }

  /** The vectors as the page exports them; NaN in rows without one. */
  async vectors(): Promise<Float32Array[]> {
    const name = this.item.locator('button[aria-pressed]');
    if ((await name.getAttribute('aria-pressed')) !== 'true') await name.click();
    const started = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Export' }).click();
    await this.page.getByRole('menuitem', { name: 'Vectors (NPY)' }).click();
    const npy = readFileSync(await (await started).path());
    const start = 10 + npy.readUInt16LE(8);
    const [, rows, width] = /'shape': \((\d+), (\d+)\)/.exec(npy.toString('latin1', 10, start))!;
    const values = new Float32Array(new Uint8Array(npy.subarray(start)).buffer);
    expect(Number(rows)).toBe(this.texts.length);
    return this.texts.map((_, row) => values.subarray(row * Number(width), (row + 1) * Number(width)));
  }

  /** Texts the server was sent although their vectors had been delivered; there should be none. */
  paidTwice(): string[] {
    const delivered = new Set<string>();
    const twice: string[] = [];
    const givenUp = [...this.givenUp];
    for (const { texts, carried, status } of this.server.log.requests) {
      twice.push(...texts.filter((text) => delivered.has(text)));
      const place = givenUp.indexOf(JSON.stringify(texts));
      // The page had given it up when the answer was on its way.
      if (place >= 0) givenUp.splice(place, 1);
      else if (status === 200) for (const text of carried) delivered.add(text);
    }
    return twice;
  }
}

/** A page with texts, in which runs are made one after the other, each with a server nobody has heard of. */
export class FaultDesk {
  readonly #servers: ApiServer[] = [];
  readonly #complaints: string[] = [];
  readonly #said: string[] = [];
  #givenUp: string[] = [];
  /** Whether a request of the run at hand may have been left without an answer for good. */
  #mayHang = false;

  private constructor(
    readonly page: Page,
    readonly texts: readonly string[],
    readonly poison: string,
    /** A server that no request may reach. */
    readonly elsewhere: ApiServer,
  ) {}

  static async open(page: Page, texts: readonly string[], poison: string): Promise<FaultDesk> {
    const desk = new FaultDesk(page, texts, poison, await startApiServer());
    page.on('pageerror', ({ message }) => desk.#complaints.push(`uncaught: ${message}`));
    page.on('console', (message) => {
      desk.#said.push(message.text());
      const isNetwork = /Failed to load resource|net::ERR|blocked by CORS policy/.test(message.text());
      if (message.type() === 'error' && !isNetwork) desk.#complaints.push(`console: ${message.text()}`);
    });
    page.on('requestfailed', (request) => {
      if (request.url().endsWith('/embeddings') && request.method() === 'POST')
        desk.#givenUp.push(JSON.stringify(request.postDataJSON().input));
    });
    await page.clock.install();
    // The two minutes of a request are to pass on the same clock as the pauses.
    await page.addInitScript(() => {
      AbortSignal.timeout = (durationMs) => {
        const controller = new AbortController();
        const late = () => controller.abort(new DOMException('The time is up.', 'TimeoutError'));
        setTimeout(late, durationMs);
        return controller.signal;
      };
    });
    await openPage(page);
    await pasteTexts(page, texts);
    await expect(readyMap(page)).toHaveAttribute('data-points', String(texts.length), { timeout: 40_000 });
    // Where the map of every run would be drawn for nobody to look at.
    await page.getByRole('tab', { name: 'Table' }).click();
    const panel = page.getByRole('region', { name: 'Models' });
    await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
    return desk;
  }

  async close(): Promise<void> {
    // Only now, so that no later server gets the port of an earlier one, whose vectors the page has kept.
    await Promise.all([this.elsewhere, ...this.#servers].map((server) => server.close()));
  }

  /** Starts a server and a run over all texts. */
  async embed({ faults, model, dimensions = null, onEmbeddings, settings }: RunWish): Promise<DeskRun> {
    const { page } = this;
    const server = await startApiServer({ key, onEmbeddings: (count) => onEmbeddings?.(count, server) });
    this.#servers.push(server);
    this.#mayHang = false;
    this.setFaults(server, faults, { delayMs: 5, ...settings });
    this.#givenUp = [];
    const panel = page.getByRole('region', { name: 'Models' });
    const fold = panel.getByRole('button', { name: 'Key', exact: true });
    await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${server.url}/v1`);
    await panel.getByRole('textbox', { name: 'Base URL' }).press('Enter');
    if (await fold.isVisible()) await fold.click();
    await panel.getByLabel('API key').fill(key);
    await panel.getByLabel('API key').press('Enter');
    if (faults.includes('catalog-down')) {
      await panel.getByRole('textbox', { name: 'Model id' }).fill(model);
      await panel.getByRole('button', { name: 'Add' }).click();
    } else await panel.getByRole('option', { name: model }).click();
    await panel.getByRole('spinbutton', { name: 'Dimensions' }).fill(String(dimensions ?? ''));
    await panel.getByRole('button', { name: /^Embed/ }).click();
    return new DeskRun(page, server, model, () => this.#mayHang, this.#givenUp, this.texts);
  }

  setFaults(server: ApiServer, faults: readonly FaultName[], settings: RunWish['settings'] = {}): void {
    this.#mayHang ||= faults.includes('hang');
    server.setFaults(faults, {
      poison: this.poison,
      redirectTo: `${this.elsewhere.url}/v1/embeddings`,
      ...settings,
    });
  }

  /** Fails for an uncaught error since the last look, and for a key anywhere on the page or in what it said. */
  async expectQuiet(): Promise<void> {
    expect(this.#complaints.splice(0)).toEqual([]);
    expect([...this.#said.splice(0), await this.page.content()].join('\n')).not.toContain(key);
    expect(this.elsewhere.log.requests).toEqual([]);
  }
}
