import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Entry {
  version?: string;
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

const files = ['package-lock.json', 'bench/package-lock.json'];
const entries = files.flatMap((file) => {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> };
  return Object.entries(packages).filter(([path]) => path !== '');
});

test('no entry of the lockfile names where it was fetched', () => {
  expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test('every entry has a version', () => {
  expect(entries.length).toBeGreaterThan(100);
  expect(entries.filter(([, { version, link }]) => !version && !link).map(([path]) => path)).toEqual([]);
});

test('the binaries of every platform are listed', () => {
  const listed = new Set(entries.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  const wanted = entries.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter((name) => !listed.has(name))).toEqual([]);
});
