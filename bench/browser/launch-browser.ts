import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';
import { chromiumLaunch } from '../../e2e/chromium';

let name: string | null = null;

/** Name and version of the browser that was launched last; null before the first. */
export function browserName(): string | null {
  return name;
}

/** Runs work in a browser whose profile lies on the disk, as a person's does, and is removed afterwards. */
export async function withBrowser<Result>(
  work: (context: BrowserContext, profile: string) => Promise<Result>,
): Promise<Result> {
  const profile = await mkdtemp(join(tmpdir(), 'bench-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumLaunch(),
    viewport: { width: 1440, height: 900 },
  });
  name = `Chromium ${context.browser()?.version() ?? ''}`.trim();
  try {
    return await work(context, profile);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}
