import { KeyIndex } from '@/core/embedding/key-index';
import { keyWords } from '@/core/embedding/text-keys';
import type { VectorSpace } from '@/core/embedding/vector-space';
import { openDatabase } from '@/storage/database';
import { finishTransaction } from '@/storage/finish-transaction';
import { bytesOf, chunkBytes, cutToChunks, type KeyedVectors } from '@/storage/keyed-vectors';

/** How much of a space is kept. */
export interface SpaceUsage {
  readonly space: VectorSpace;
  readonly vectorCount: number;
  readonly byteCount: number;
}

/** Keys that have a vector of one length. */
interface KnownKeys {
  readonly width: number;
  readonly count: number;
  /** 1 for each key that has one. */
  readonly flags: Uint8Array<ArrayBuffer>;
}

/** Keeps vectors by the text they belong to, so that a text is embedded once whatever the dataset. */
export interface VectorStore {
  /** Resolves once the vectors are durable. Rejects with the browser's error (QuotaExceededError when full). */
  append(space: VectorSpace, vectors: KeyedVectors): Promise<void>;
  /** Which of the packed keys have a vector, for each length of vector; the most frequent length first. */
  findKnown(spaceId: string, keys: Uint32Array): Promise<KnownKeys[]>;
  /**
   * The chunks of one length of vector that `isWanted` picks by their keys, one in memory at a time. Chunks that are
   * merged meanwhile are read in their new place, so a key may come twice.
   */
  read(
    spaceId: string,
    width: number,
    isWanted: (keys: Uint32Array) => boolean,
  ): AsyncGenerator<KeyedVectors, void>;
  /** Merges small chunks into larger ones; what a crash interrupts has not happened. */
  compact(spaceId: string): Promise<void>;
  measureSpaces(): Promise<SpaceUsage[]>;
  deleteSpace(spaceId: string): Promise<void>;
}

/** Bytes appended to a space in this worker since its small chunks were last merged. */
const looseBytes = new Map<string, number>();

export const indexedDbVectorStore: VectorStore = {
  async append(space, vectors) {
    const database = await openDatabase();
    const transaction = database.transaction(['spaces', 'chunks', 'chunkValues'], 'readwrite', {
      durability: 'strict',
    });
    const write = async () => {
      await transaction.objectStore('spaces').put(space);
      for (const { values, ...head } of cutToChunks([vectors])) {
        const id = await transaction.objectStore('chunks').add({ space: space.id, ...head });
        await transaction.objectStore('chunkValues').put(values, id);
      }
    };
    await finishTransaction(transaction, write());
    const loose = (looseBytes.get(space.id) ?? 0) + bytesOf(vectors);
    looseBytes.set(space.id, loose);
    if (loose >= chunkBytes) await indexedDbVectorStore.compact(space.id).catch(() => {});
  },

  async findKnown(spaceId, keys) {
    const known = new Map<number, Uint8Array<ArrayBuffer>>();
    const index = KeyIndex.of(keys);
    const database = await openDatabase();
    for (const head of await database.getAllFromIndex('chunks', 'bySpace', spaceId)) {
      const flags = known.get(head.width) ?? new Uint8Array(keys.length / keyWords);
      known.set(head.width, flags);
      for (let place = 0; place < head.keys.length / keyWords; place++)
        for (let row = index.first(head.keys, place); row >= 0; row = index.after(row)) flags[row] = 1;
    }
    return [...known]
      .map(([width, flags]) => ({ width, flags, count: flags.reduce((sum, flag) => sum + flag, 0) }))
      .sort((a, b) => b.count - a.count);
  },

  async *read(spaceId, width, isWanted) {
    const seen = new Set<number>();
    for (let isMoved = true; isMoved; ) {
      isMoved = false;
      const ids = await (await openDatabase()).getAllKeysFromIndex('chunks', 'bySpace', spaceId);
      for (const id of ids) {
        if (seen.has(id)) continue;
        seen.add(id);
        const head = await (await openDatabase()).get('chunks', id);
        if (head !== undefined && (head.width !== width || !isWanted(head.keys))) continue;
        const values = head && (await (await openDatabase()).get('chunkValues', id));
        if (head === undefined || values === undefined) isMoved = true;
        else yield { keys: head.keys, width, values };
      }
    }
  },

  async compact(spaceId) {
    looseBytes.delete(spaceId);
    const database = await openDatabase();
    const transaction = database.transaction(['chunks', 'chunkValues'], 'readwrite');
    const chunks = transaction.objectStore('chunks');
    const chunkValues = transaction.objectStore('chunkValues');
    const merge = async () => {
      const small = new Map<number, { id: number; keys: Uint32Array<ArrayBuffer> }[]>();
      const ids = await chunks.index('bySpace').getAllKeys(spaceId);
      for (const id of ids) {
        const head = await chunks.get(id);
        if (head === undefined || bytesOf(head) > chunkBytes / 2) continue;
        small.set(head.width, [...(small.get(head.width) ?? []), { id, keys: head.keys }]);
      }
      for (const [width, all] of small)
        for (const group of groupBySize(all, width)) {
          const pieces: KeyedVectors[] = [];
          for (const { id, keys } of group) {
            const values = await chunkValues.get(id);
            if (values !== undefined) pieces.push({ keys, width, values });
            await Promise.all([chunks.delete(id), chunkValues.delete(id)]);
          }
          for (const { values, ...head } of cutToChunks(pieces)) {
            const id = await chunks.add({ space: spaceId, ...head });
            await chunkValues.put(values, id);
          }
        }
    };
    await finishTransaction(transaction, merge());
  },

  async measureSpaces() {
    const database = await openDatabase();
    const usages: SpaceUsage[] = [];
    for (const space of await database.getAll('spaces')) {
      let vectorCount = 0;
      let byteCount = 0;
      for (const head of await database.getAllFromIndex('chunks', 'bySpace', space.id)) {
        vectorCount += head.keys.length / keyWords;
        byteCount += bytesOf(head);
      }
      if (vectorCount > 0) usages.push({ space, vectorCount, byteCount });
    }
    return usages.sort((a, b) => b.byteCount - a.byteCount);
  },

  async deleteSpace(spaceId) {
    const database = await openDatabase();
    const transaction = database.transaction(['spaces', 'chunks', 'chunkValues'], 'readwrite');
    const chunks = transaction.objectStore('chunks');
    const remove = async () => {
      const ids = await chunks.index('bySpace').getAllKeys(spaceId);
      for (const id of ids)
        await Promise.all([chunks.delete(id), transaction.objectStore('chunkValues').delete(id)]);
      await transaction.objectStore('spaces').delete(spaceId);
    };
    await finishTransaction(transaction, remove());
  },
};

/** Groups of two and more that fit a chunk together. */
function groupBySize<Head extends { keys: Uint32Array<ArrayBuffer> }>(
  heads: readonly Head[],
  width: number,
): Head[][] {
  const groups: Head[][] = [];
  let group: Head[] = [];
  let bytes = 0;
  for (const head of heads) {
    const added = bytesOf({ keys: head.keys, width });
    if (bytes + added > chunkBytes) {
      groups.push(group);
      group = [];
      bytes = 0;
    }
    group.push(head);
    bytes += added;
  }
  return [...groups, group].filter(({ length }) => length > 1);
}
