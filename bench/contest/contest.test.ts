import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadKernels } from '@/kernels/kernels';
import { loadUmapKernels } from '@/kernels/umap-kernels';
import { makeClusteredRows } from './clustered-rows';
import { blockedLoop, plainLoop } from './loops';
import { openContest } from './open-contest';
import { ourCosines } from './our-engine';
import type { Engines, Task } from './task';

const bytes = await readFile('src/kernels/kernels.wasm');
const kernels = await loadKernels(bytes);
const kernelsModule = await WebAssembly.compile(bytes);
const umapKernels = await loadUmapKernels(await readFile('src/kernels/umap.wasm'));
const engines: Engines = { kernels, kernelsModule, umapKernels, atlas: null, gpu: null, tensors: null };
const shape = { n: 500, d: 51, seed: 3 };

async function runAll(kind: Task['kind'], n: number) {
  const contest = await openContest({ kind, ...shape, n }, engines);
  for (const { prepare, run } of Object.values(contest.contenders)) {
    await prepare?.();
    await run();
  }
  return contest.contenders;
}

test('whoever makes the cosine matrix, it is the same', () => {
  const { n, d } = shape;
  const { rows } = makeClusteredRows(n, d, 1);
  const [ours, plain, blocked] = [0, 1, 2].map(() => new Float32Array(n * n));
  ourCosines(kernels.tileProduct, rows, n, d, ours!);
  plainLoop(rows, n, d, n, plain!);
  blockedLoop(rows, n, d, n, blocked!);
  const furthest = (other: Float32Array) =>
    other.reduce((most, value, at) => Math.max(most, Math.abs(value - plain![at]!)), 0);
  expect(furthest(ours!)).toBeLessThan(1e-6);
  expect(furthest(blocked!)).toBeLessThan(1e-6);
  expect(plain![3 * n + 3]).toBeCloseTo(1, 6);
});

test('umap-js finds most of the neighbours that we find, none of them the row itself', async () => {
  const contenders = await runAll('neighbours', shape.n);
  const [ours, theirs] = [contenders.ours!.read!(), contenders['umap-js, NN-descent']!.read!()];
  expect(ours).toHaveLength(shape.n * 14);
  expect(theirs).toHaveLength(shape.n * 14);
  let common = 0;
  for (let row = 0; row < shape.n; row++) {
    const list = ours.subarray(row * 14, (row + 1) * 14);
    expect(list).not.toContain(row);
    for (const id of theirs.subarray(row * 14, (row + 1) * 14)) if (list.includes(id)) common++;
  }
  expect(common / ours.length).toBeGreaterThan(0.9);
  expect(common / ours.length).toBeLessThanOrEqual(1);
});

test('every contender draws a map of all rows', async () => {
  const contenders = await runAll('map', 100);
  expect(Object.keys(contenders)).toEqual(['ours', 'umap-js', 'umap-js, neighbours given']);
  for (const { read } of Object.values(contenders)) {
    const places = read!();
    expect(places).toHaveLength(200);
    expect(places.every(Number.isFinite)).toBe(true);
    expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(1);
  }
});
