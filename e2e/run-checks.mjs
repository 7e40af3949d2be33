// Runs the project's checks one after the other and ends with one line that counts them: tests by the runners' own
// reports, every other step as one.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Far more than any step takes; a step that hangs fails instead of waiting for ever. */
const stepLimitMinutes = 20;
const withBrowser = !process.argv.includes('--no-browser');
const reports = mkdtempSync(join(tmpdir(), 'checks-'));
const unitReport = join(reports, 'unit.json');
const browserReport = join(reports, 'browser.json');
const journeysReport = join(reports, 'journeys.json');

const vitest = (project, report) =>
  `vitest run --project ${project} --reporter=default --reporter=json --outputFile.json=${report}`;
const countVitest = (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests });
const countPlaywright = ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected });

const steps = [
  { name: 'kernels', command: 'npm run --silent kernels' },
  { name: 'format and lint', command: 'biome ci --error-on-warnings .' },
  { name: 'types of the page', command: 'tsc -p tsconfig.json' },
  { name: 'types of the workers', command: 'tsc -p src/compute/workers/tsconfig.json' },
  { name: 'types of the tests', command: 'tsc -p e2e/tsconfig.json' },
  { name: 'nothing unused', command: 'knip' },
  { name: 'unit tests', command: vitest('unit', unitReport), report: unitReport, count: countVitest },
  { name: 'build', command: 'vite build --logLevel warn' },
  { name: 'size of the first script', command: 'size-limit' },
  ...(withBrowser
    ? [
        { name: 'a browser', command: 'node e2e/ensure-browser.mjs' },
        {
          name: 'browser tests',
          command: vitest('browser', browserReport),
          report: browserReport,
          count: countVitest,
        },
        {
          name: 'journeys',
          command: 'playwright test --config e2e/playwright.config.ts',
          report: journeysReport,
          count: countPlaywright,
        },
      ]
    : []),
];

let passed = 0;
let failed = 0;
for (const { name, command, report, count } of steps) {
  console.log(`\n— ${name}: ${command}`);
  const startedAt = Date.now();
  const status = await run(command);
  const counted = report === undefined ? null : readCounts(report, count);
  if (counted === null) status === 0 ? passed++ : failed++;
  else {
    passed += counted.passed;
    failed += counted.failed;
    if (status !== 0 && counted.failed === 0) failed++;
  }
  console.log(
    `— ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
  );
}
rmSync(reports, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** The exit status; null where the step was ended, with all that it started, because it did not finish in time. */
function run(command) {
  const child = spawn(command, {
    shell: true,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}`, JOURNEYS_REPORT: journeysReport },
  });
  const stop = () => process.kill(-child.pid, 'SIGKILL');
  const limit = setTimeout(() => {
    console.log(`\nNot finished after ${stepLimitMinutes} minutes: ended.`);
    stop();
  }, stepLimitMinutes * 60_000);
  const quit = () => {
    stop();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, quit);
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      clearTimeout(limit);
      for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, quit);
      resolve(code);
    });
  });
}

/** Null where the runner died before it wrote its report: the step itself then counts. */
function readCounts(report, count) {
  try {
    return count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return null;
  }
}
