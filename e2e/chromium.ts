/**
 * The one place that decides which Chromium the journeys, the browser tests and the scripts use, and with which flags.
 * Order: CHROMIUM_PATH, Playwright's own download, a system one. CHROMIUM_GRAPHICS holds flags, with spaces between them, that take
 * the place of those that have the processor draw, such as `--use-angle=vulkan --enable-features=Vulkan --enable-unsafe-webgpu`.
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the Chromium to start, or undefined where none is found. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, chromium.executablePath(), ...systemPaths].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
}

// A page is painted faster by the processor itself than by a graphics card that it pretends to be.
const processorFlags = ['--use-angle=gl-egl', '--ignore-gpu-blocklist', '--disable-gpu-rasterization'];

function graphicsFlags(): string[] {
  const wanted = process.env.CHROMIUM_GRAPHICS?.trim();
  if (wanted) return wanted.split(/\s+/);
  return process.platform === 'linux' ? processorFlags : [];
}

/** Flags that keep headless Chromium quiet, and fast where there is no graphics card. */
export const chromiumFlags: string[] = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...graphicsFlags(),
];

/** Launch options for Playwright and for Vitest's browser mode. */
export function chromiumLaunch(): { executablePath: string | undefined; args: string[] } {
  return { executablePath: findChromium(), args: chromiumFlags };
}
