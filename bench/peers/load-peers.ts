import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AtlasModule } from '../contest/atlas-engine';
import type { TensorModule } from '../contest/tensor-engine';

/** Paths in bench/node_modules, also of what a page loads. */
export const peerPaths = {
  atlas: 'embedding-atlas/dist/umap.js',
  tensors: '@tensorflow/tfjs-core/dist/tf-core.min.js',
  tensorKernels: '@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js',
} as const;

/** How peers are installed, for whoever is told that one is missing. */
export const installHint = 'npm run bench:peers installs those in bench/package.json';

export function hasPeer(root: string, peer: keyof typeof peerPaths): boolean {
  return existsSync(`${root}bench/node_modules/${peerPaths[peer]}`);
}

/** Its package index would load the whole viewer. */
export async function loadAtlas(root: string): Promise<AtlasModule | null> {
  if (!hasPeer(root, 'atlas')) return null;
  const path = pathToFileURL(`${root}bench/node_modules/${peerPaths.atlas}`).href;
  return (await import(/* @vite-ignore */ path)) as AtlasModule;
}

/** TensorFlow.js with its WASM backend. */
export async function loadTensors(root: string): Promise<TensorModule | null> {
  if (!hasPeer(root, 'tensors') || !hasPeer(root, 'tensorKernels')) return null;
  const load = createRequire(`${root}bench/package.json`);
  const tensors = load('@tensorflow/tfjs-core') as TensorModule & {
    setBackend(name: string): Promise<boolean>;
  };
  load('@tensorflow/tfjs-backend-wasm');
  await tensors.setBackend('wasm');
  return tensors;
}
