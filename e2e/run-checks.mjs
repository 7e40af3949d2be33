// Runs the project's checks and ends with one line that counts them: tests by the runners' own reports, every other step
// as one. Steps of one group use one processor each and go side by side; what they print is shown when they end.
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

const groups = [
  [
    { name: 'kernels', command: 'npm run --silent kernels' },
    { name: 'format and lint', command: 'biome ci --error-on-warnings .' },
  ],
  [
    { name: 'types of the page', command: 'tsc -p tsconfig.json' },
    { name: 'types of the workers', command: 'tsc -p src/compute/workers/tsconfig.json' },
    { name: 'types of the tests', command: 'tsc -p e2e/tsconfig.json' },
    { name: 'nothing unused', command: 'knip' },
  ],
  [{ name: 'unit tests', command: vitest('unit', unitReport), report: unitReport, count: countVitest }],
  [{ name: 'build', command: 'vite build --logLevel warn' }],
  [{ name: 'size of the first script', command: 'size-limit' }],
  ...(withBrowser
    ? [
        [{ name: 'a browser', command: 'node e2e/ensure-browser.mjs' }],
        [
          {
            name: 'browser tests',
            command: vitest('browser', browserReport),
            report: browserReport,
            count: countVitest,
          },
        ],
        [
          {
            name: 'journeys',
            command: 'playwright test --config e2e/playwright.config.ts',
            report: journeysReport,
            count: countPlaywright,
          },
        ],
      ]
    : []),
];

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    for (const child of running) stop(child);
    process.exit(1);
  });

let passed = 0;
let failed = 0;
for (const group of groups) await Promise.all(group.map((step) => take(step, group.length > 1)));
rmSync(reports, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Runs a step and counts what came of it. */
async function take({ name, command, report, count }, isBesideOthers) {
  const title = `\n— ${name}: ${command}`;
  if (!isBesideOthers) console.log(title);
  const startedAt = Date.now();
  const { status, printed } = await run(command, isBesideOthers);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (isBesideOthers) console.log(`${title}\n${printed.trimEnd()}`);
  console.log(`— ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  const counted = report === undefined ? null : readCounts(report, count);
  if (counted === null) {
    if (status === 0) passed++;
    else failed++;
    return;
  }
  passed += counted.passed;
  failed += counted.failed;
  if (status !== 0 && counted.failed === 0) failed++;
}

/** The exit status, null where the step was ended because it did not finish in time, and what it printed if that is held back. */
function run(command, isHeldBack) {
  const output = isHeldBack ? 'pipe' : 'inherit';
  const child = spawn(command, {
    shell: true,
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}`, JOURNEYS_REPORT: journeysReport },
  });
  running.add(child);
  const pieces = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => pieces.push(piece));
  const limit = setTimeout(() => {
    pieces.push(Buffer.from(`\nNot finished after ${stepLimitMinutes} minutes: ended.\n`));
    if (!isHeldBack) console.log(pieces.at(-1).toString());
    stop(child);
  }, stepLimitMinutes * 60_000);
  return new Promise((resolve) => {
    child.once('close', (status) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ status, printed: Buffer.concat(pieces).toString() });
    });
  });
}

/** Ends a step with all that it started. */
function stop(child) {
  process.kill(-child.pid, 'SIGKILL');
}

/** Null where the runner died before it wrote its report: the step itself then counts. */
function readCounts(report, count) {
  try {
    return count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return null;
  }
}
