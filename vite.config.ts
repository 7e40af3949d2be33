import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defaultClientConditions, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './e2e/chromium.ts';
import manifest from './package.json' with { type: 'json' };
import { forwardFeatherless } from './src/server/featherless-forwarder.ts';
import { contentPolicy, isolation, pageHeaders } from './src/server/page-headers.ts';
import { reportScript } from './src/server/report-script.ts';

/** Packages without a script at their root: they are imported by the path of a file. */
const withoutEntry = ['@fontsource-variable/inter', '@noble/hashes'];

/** Puts the policy into the built page too, for hosts that send no headers. Not in development, whose refresh script is inline. */
function policyInPage(): Plugin {
  return {
    name: 'murmuration:policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

const resolve = {
  alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
  conditions: ['visgl:webgl-only', ...defaultClientConditions],
};
const define = { 'import.meta.env.VITE_VERSION': JSON.stringify(manifest.version) };

export default defineConfig({
  base: './',
  plugins: [
    react(),
    policyInPage(),
    forwardFeatherless(process.env.FEATHERLESS_ORIGIN || undefined),
    reportScript({ resolve, define }),
  ],
  resolve,
  define,
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
  worker: { format: 'es' },
  server: { headers: isolation },
  preview: {
    host: '127.0.0.1',
    port: Number(process.env.PORT ?? 4173),
    strictPort: true,
    headers: pageHeaders,
  },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // No test changes a module's state for another; starting a process for each file took longer than the tests.
          isolate: false,
          // Property tests share two cores with everything else.
          testTimeout: 120_000,
          include: ['src/**/*.test.ts', 'e2e/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          ...(process.env.LONG_RUNS ? { setupFiles: ['./e2e/long-runs.ts'], testTimeout: 600_000 } : {}),
        },
      },
      {
        extends: true,
        optimizeDeps: {
          // A dependency found late makes Vite reload the page, and a test that was under way never ends.
          noDiscovery: true,
          include: [
            ...Object.keys(manifest.dependencies).filter((name) => !withoutEntry.includes(name)),
            '@noble/hashes/sha2.js',
            '@noble/hashes/utils.js',
            'fast-check',
            'react/jsx-dev-runtime',
            'react/jsx-runtime',
            'react-dom/client',
            'zod/mini',
            'zustand/vanilla',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunch() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
