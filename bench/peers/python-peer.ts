import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { OwnTime } from '../benchmark';

interface Answer {
  readonly ms?: number;
  readonly out?: string | null;
  readonly bytes?: number;
  readonly error?: string;
  readonly numpy?: string;
  readonly 'umap-learn'?: string;
}

const candidates = ['python3', '/usr/bin/python3'];

/**
 * NumPy and umap-learn in a process of their own with one thread, and without settings that hold OpenBLAS to an older
 * processor than this one.
 */
function environment(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: _size, ...rest } = process.env;
  return { ...rest, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', NUMBA_NUM_THREADS: '1' };
}

function canImport(python: string, modules: string): boolean {
  return spawnSync(python, ['-c', `import ${modules}`], { env: environment() }).status === 0;
}

export class PythonPeer {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;
  #folder: string | null = null;
  #isWarm = false;

  private constructor(
    root: string,
    python: string,
    /** What the child found, to be named in results. */
    public versions: { readonly numpy: string; readonly umapLearn: string | null },
  ) {
    this.#child = spawn(python, [`${root}bench/peers/peer.py`], {
      env: environment(),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** A Python with both packages, else one with NumPy, else null. */
  static async start(root: string): Promise<PythonPeer | null> {
    const python =
      candidates.find((path) => canImport(path, 'numpy, umap')) ??
      candidates.find((path) => canImport(path, 'numpy'));
    if (python === undefined) return null;
    const peer = new PythonPeer(root, python, { numpy: '', umapLearn: null });
    const { numpy = '', 'umap-learn': umapLearn = null } = await peer.#ask({ do: 'hello' });
    peer.versions = { numpy, umapLearn };
    return peer;
  }

  /** To be called before `load` by whoever will ask for UMAP. */
  async warm(): Promise<void> {
    if (!this.#isWarm) await this.#ask({ do: 'warm' });
    this.#isWarm = true;
  }

  async load(rows: Float32Array, n: number, d: number): Promise<void> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'bench-rows-'));
    const path = join(this.#folder, 'rows.f32');
    await writeFile(path, new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
    await this.#ask({ do: 'load', path, n, d });
  }

  /** Does a piece of work on the loaded rows. */
  async run(request: { readonly do: string; readonly [field: string]: unknown }): Promise<OwnTime> {
    this.#out = null;
    const { ms = 0, out = null } = await this.#ask(request);
    this.#out = out;
    return new OwnTime(ms);
  }

  #out: string | null = null;

  /** Numbers that the last work came to. */
  async result(): Promise<ArrayBuffer> {
    if (this.#out === null) throw new Error('Python has no result to give.');
    const { buffer, byteOffset, byteLength } = await readFile(this.#out);
    return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  }

  /** Most bytes that it held above what it held with the rows loaded. */
  async memory(): Promise<number> {
    return (await this.#ask({ do: 'memory' })).bytes ?? 0;
  }

  async stop(): Promise<void> {
    this.#child.stdin.end();
    await new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
  }

  async #ask(request: object): Promise<Answer> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('Python ended.');
    const answer = JSON.parse(value) as Answer;
    if (answer.error !== undefined) throw new Error(`Python: ${answer.error}`);
    return answer;
  }
}
