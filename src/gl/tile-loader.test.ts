import { describe, expect, it } from 'vitest';
import { TileLoader, type TileLoaderOptions } from './tile-loader';
import { nameTile, type TileId } from './tiles';

interface Request {
  name: string;
  signal: AbortSignal;
  resolve(values: Float32Array): void;
  reject(error: Error): void;
}

function setUp(options: Partial<TileLoaderOptions> = {}) {
  const requests: Request[] = [];
  const errors: unknown[] = [];
  let changes = 0;
  const loader = new TileLoader({
    source: {
      key: 'm',
      load: (level, rowTile, columnTile, signal) =>
        new Promise((resolve, reject) => {
          requests.push({ name: nameTile({ level, rowTile, columnTile }), signal, resolve, reject });
        }),
    },
    onChange: () => {
      changes++;
    },
    onError: (error) => errors.push(error),
    ...options,
  });
  const settle = async (name: string, how: (request: Request) => void) => {
    const request = requests.find((candidate) => candidate.name === name);
    if (request === undefined) throw new Error(`Never asked for ${name}`);
    how(request);
    await new Promise((done) => setTimeout(done));
  };
  const arrive = (name: string, value = 1) => settle(name, ({ resolve }) => resolve(Float32Array.of(value)));
  return { loader, requests, errors, settle, arrive, changeCount: () => changes };
}

const tile = (column: number, level = 0): TileId => ({ level, rowTile: 0, columnTile: column });
const tiles = (count: number, from = 0) => Array.from({ length: count }, (_, index) => tile(from + index));

describe('TileLoader', () => {
  it('has at most six loads in flight, the most wanted first', async () => {
    const { loader, requests, arrive } = setUp();
    loader.want(tiles(9));
    expect(requests.map(({ name }) => name)).toEqual(['0/0/0', '0/0/1', '0/0/2', '0/0/3', '0/0/4', '0/0/5']);
    expect(loader.pendingCount).toBe(9);
    await arrive('0/0/4');
    expect(requests.at(-1)?.name).toBe('0/0/6');
    expect(requests).toHaveLength(7);
    expect(loader.pendingCount).toBe(8);
    expect(loader.get(tile(4))?.values[0]).toBe(1);
  });

  it('aborts what is no longer wanted and takes up what is', async () => {
    const { loader, requests, arrive } = setUp();
    loader.want(tiles(3));
    loader.want([tile(2), tile(7)]);
    expect(requests.map(({ name, signal }) => [name, signal.aborted])).toEqual([
      ['0/0/0', true],
      ['0/0/1', true],
      ['0/0/2', false],
      ['0/0/7', false],
    ]);
    await arrive('0/0/0');
    expect(loader.get(tile(0))).toBeUndefined();
    await arrive('0/0/2');
    await arrive('0/0/7');
    expect(loader.pendingCount).toBe(0);
  });

  it('does not ask twice for what it keeps', async () => {
    const { loader, requests, arrive } = setUp();
    loader.want([tile(0)]);
    await arrive('0/0/0', 5);
    loader.want([]);
    loader.want([tile(0)]);
    expect(requests).toHaveLength(1);
    expect(loader.pendingCount).toBe(0);
    expect(loader.get(tile(0))?.values[0]).toBe(5);
  });

  it('forgets the least lately wanted, never the wanted', async () => {
    const { loader, arrive } = setUp({ capacity: 2 });
    for (const column of [0, 1]) {
      loader.want([tile(column)]);
      await arrive(`0/0/${column}`);
    }
    loader.want([tile(0)]);
    loader.want([tile(2)]);
    await arrive('0/0/2');
    expect(loader.all().map(({ id }) => id.columnTile)).toEqual([0, 2]);
    loader.want(tiles(4, 10));
    for (const column of [10, 11, 12, 13]) await arrive(`0/0/${column}`);
    expect(loader.all().map(({ id }) => id.columnTile)).toEqual([10, 11, 12, 13]);
  });

  it('says what failed, waits for nobody on it, and tries again when asked', async () => {
    const { loader, requests, errors, settle } = setUp();
    loader.want(tiles(2));
    await settle('0/0/0', ({ reject }) => reject(new Error('worker gone')));
    expect(errors).toEqual([new Error('worker gone')]);
    expect([loader.failedCount, loader.pendingCount]).toEqual([1, 1]);
    loader.want(tiles(2));
    expect(requests).toHaveLength(2);
    loader.retry();
    expect(requests.map(({ name }) => name)).toEqual(['0/0/0', '0/0/1', '0/0/0']);
    expect([loader.failedCount, loader.pendingCount]).toEqual([0, 2]);
  });

  it('calls nobody after its end', async () => {
    const { loader, requests, errors, settle, changeCount } = setUp();
    loader.want(tiles(2));
    loader.dispose();
    expect(requests.every(({ signal }) => signal.aborted)).toBe(true);
    await settle('0/0/0', ({ resolve }) => resolve(Float32Array.of(1)));
    await settle('0/0/1', ({ reject }) => reject(new Error('late')));
    expect([changeCount(), errors.length, loader.all().length, requests.length]).toEqual([0, 0, 0, 2]);
  });
});
