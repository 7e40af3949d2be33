import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { preview } from 'vite';
import type { BenchmarkContext } from '../benchmark';

/** Milliseconds that nothing takes. */
export const longWaitMs = 30 * 60_000;

/** Builds and serves the page as people get it. */
export async function withBuiltPage(
  { root, port }: BenchmarkContext,
  work: (address: string) => Promise<void>,
): Promise<void> {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  const server = await preview({ root, preview: { port }, logLevel: 'error' });
  try {
    await work(`http://127.0.0.1:${port}/`);
  } finally {
    await server.close();
  }
}

/** Settles once the status line says that nothing is under way. */
export async function untilIdle(page: Page): Promise<void> {
  const status = page.getByRole('status', { name: 'Progress' });
  await status.filter({ hasText: /^Ready/ }).waitFor({ timeout: longWaitMs });
}

/** Uploads texts, one a line, as a person does; `beforeUse` is called before they are taken. */
export async function upload(
  page: Page,
  texts: readonly string[],
  beforeUse: () => Promise<unknown> = async () => {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-texts-'));
  const path = join(folder, 'texts.txt');
  await writeFile(path, texts.join('\n'));
  await page.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  await dialog.getByLabel('Upload file').setInputFiles(path);
  const use = dialog.getByRole('button', { name: 'Use this data' }).and(page.locator(':enabled'));
  await use.waitFor({ timeout: longWaitMs });
  await beforeUse();
  await use.click({ timeout: longWaitMs });
  await dialog.waitFor({ state: 'hidden' });
  await rm(folder, { recursive: true });
}
