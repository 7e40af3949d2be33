import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type BenchmarkGroup, compareFigures } from '../benchmark';

const aimKilobytes = 20;
const atlasFolder = 'bench/node_modules/embedding-atlas/dist';

/** Kilobytes that a visitor loads of the engines' WebAssembly. */
export const shippedSize: BenchmarkGroup = {
  name: 'shipped-size',
  about: 'WebAssembly that is sent to a visitor, gzip; the aim, embedding-atlas',
  where: 'node',
  async *run({ root }) {
    const kilobytes = (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }).length / 1000;
    const value = ['kernels', 'umap']
      .map((name) => kilobytes(readFileSync(`${root}src/kernels/${name}.wasm`)))
      .reduce((sum, size) => sum + size, 0);
    const figure = { name: 'WebAssembly, gzip', n: 0, d: null, unit: 'kB', better: 'less', value } as const;
    yield compareFigures({ ...figure, peer: { name: 'aim', value: aimKilobytes } });
    const atlas = readAtlasBinary(`${root}${atlasFolder}`);
    if (atlas !== null)
      yield compareFigures({ ...figure, peer: { name: 'embedding-atlas', value: kilobytes(atlas) } });
  },
};

/** It is a long text in base64 in the script that its entry imports. */
function readAtlasBinary(folder: string): Uint8Array | null {
  if (!existsSync(`${folder}/umap.js`)) return null;
  const chunk = /"\.\/(chunk-[^"]+\.js)"/.exec(readFileSync(`${folder}/umap.js`, 'utf8'))?.[1];
  if (chunk === undefined) return null;
  const text = /AGFzbQ[A-Za-z0-9+/]{10000,}={0,2}/.exec(readFileSync(`${folder}/${chunk}`, 'utf8'))?.[0];
  return text === undefined ? null : Buffer.from(text, 'base64');
}
