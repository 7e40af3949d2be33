import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './chromium';

const port = Number(process.env.JOURNEYS_PORT ?? 4273);

/** Journeys of a person through the built page, on a port of their own. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '.out',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: process.env.JOURNEYS_REPORT
    ? [['line'], ['json', { outputFile: process.env.JOURNEYS_REPORT }]]
    : 'line',
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    launchOptions: chromiumLaunch(),
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
    trace: 'off',
  },
  webServer: {
    command: 'npx vite preview',
    cwd: '..',
    env: { PORT: String(port) },
    url: `http://127.0.0.1:${port}`,
    reuseExistingServer: false,
    stdout: 'ignore',
  },
});
