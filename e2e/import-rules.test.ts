import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

// Probe files are linted under the project's own rules in a folder of their own: a boundary check that sees no file is
// green too.
const folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
const probes: { path: string; content: string }[] = [];

afterAll(() => rmSync(folder, { recursive: true }));

const forbidden: readonly [path: string, imported: string][] = [
  ['src/core/dataset/probe.ts', '@/compute/client'],
  ['src/core/dataset/probe.ts', 'react'],
  ['src/core/dataset/probe.ts', '../embedding/run'],
  ['src/kernels/probe.ts', '@/storage/database'],
  ['src/storage/probe.ts', '@/compute/client'],
  ['src/compute/probe.ts', '@/storage/database'],
  ['src/compute/jobs/probe.ts', '@/providers/provider'],
  ['src/providers/probe.ts', '@/compute/worker-line'],
  ['src/providers/probe.ts', '@/queries/datasets'],
  ['src/state/probe.ts', '@/queries/datasets'],
  ['src/queries/probe.ts', '@/features/map/map-view'],
  ['src/gl/probe.ts', '@/state/view'],
  ['src/ui/probe.tsx', '@/queries/datasets'],
  ['src/features/map/probe.tsx', '@/features/runs/runs-panel'],
  ['src/features/storage/probe.tsx', '@/features/runs/runs-panel'],
  ['src/features/presentation/probe.tsx', '@/features/export/export-menu'],
  ['src/features/storage/probe.tsx', '@/compute/client'],
  ['src/features/map/probe.tsx', '@/providers/key-ring'],
  ['src/features/map/probe.tsx', '@deck.gl/core'],
  ['src/app/probe.tsx', '@luma.gl/core'],
  ['src/server/probe.ts', '@/core/embedding/base-url'],
  ['src/report/probe.tsx', '@/queries/datasets'],
  ['src/report/probe.tsx', '@/state/view'],
  ['src/report/probe.tsx', '@/features/map/map-view'],
  ['src/report/probe.tsx', '@deck.gl/core'],
  ['src/queries/probe.ts', '@/report/report-page'],
];

const allowed: readonly [path: string, imported: string][] = [
  ['src/core/dataset/probe.ts', '@/core/embedding/run'],
  ['src/core/dataset/probe.ts', './dataset'],
  ['src/compute/jobs/probe.ts', '@/kernels/kernels'],
  ['src/providers/probe.ts', '@/compute/client'],
  ['src/queries/probe.ts', '@/providers/provider'],
  ['src/gl/probe.ts', '@deck.gl/core'],
  ['src/features/map/probe.tsx', '@/gl/point-map'],
  ['src/features/storage/probe.tsx', '@/queries/storage'],
  ['src/app/probe.tsx', '@/features/map/map-view'],
  ['src/report/probe.tsx', '@/gl/point-map'],
  ['src/report/probe.tsx', '@/core/export/pack-report'],
  ['src/queries/probe.ts', '@/report/report.tsx?url'],
];

const request = "await fetch('https://example.org');\n";
const senders = ['src/queries/sender.ts', 'src/features/map/sender.tsx', 'src/core/sender.ts'];

[...forbidden, ...allowed].forEach(([path, imported], i) => {
  probes.push({ path: path.replace('probe', `probe-${i}`), content: `import '${imported}';\n` });
});
for (const path of [...senders, 'src/providers/send-request.ts']) probes.push({ path, content: request });

/** Rules broken, by file. */
const broken = new Map<string, string[]>();

test('the linter sees every probe', () => {
  const rules = JSON.parse(readFileSync('biome.json', 'utf8'));
  delete rules.$schema;
  delete rules.vcs;
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(rules));
  for (const { path, content } of probes) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const { stdout } = spawnSync(
    join(process.cwd(), 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  const report = JSON.parse(stdout);
  const rulesFile = 1;
  expect(report.summary.unchanged).toBe(probes.length + rulesFile);
  for (const { category, location } of report.diagnostics) {
    broken.set(location.path, [...(broken.get(location.path) ?? []), category]);
  }
});

test.each(forbidden.map(([path, imported], i) => [path.replace('probe', `probe-${i}`), imported]))(
  '%s may not import %s',
  (path) => {
    expect(broken.get(path!)).toContain('lint/style/noRestrictedImports');
  },
);

test.each(
  allowed.map(([path, imported], i) => [path.replace('probe', `probe-${forbidden.length + i}`), imported]),
)('%s may import %s', (path) => {
  expect(broken.get(path!) ?? []).not.toContain('lint/style/noRestrictedImports');
});

test('requests leave the page in one place only', () => {
  for (const path of senders) expect(broken.get(path)).toContain('lint/style/noRestrictedGlobals');
  expect(broken.get('src/providers/send-request.ts') ?? []).not.toContain('lint/style/noRestrictedGlobals');
});
