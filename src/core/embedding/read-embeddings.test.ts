import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEmbeddings } from './read-embeddings';

function vectorOf(seed: number, width = 3): number[] {
  return Array.from({ length: width }, (_, i) => Math.fround(Math.sin(seed * 7.3 + i + 1)));
}

function replyOf(data: unknown[], more: object = {}): unknown {
  return { object: 'list', data, ...more };
}

function base64Of(numbers: number[]): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, i) => {
    bytes.writeFloatLE(number, i * 4);
  });
  return bytes.toString('base64');
}

function read(value: unknown, requested: number, expectedWidth: number | null = null) {
  return readEmbeddings({ value, requested, expectedWidth });
}

function reasonsOf(reply: ReturnType<typeof read>): Record<number, string> {
  return Object.fromEntries(reply.failures.map(({ position, reason }) => [position, reason]));
}

describe('readEmbeddings', () => {
  it('places vectors by index, in whatever order they come', () => {
    const data = [2, 0, 1].map((index) => ({ object: 'embedding', index, embedding: vectorOf(index) }));
    const reply = read(replyOf(data, { model: 'm', usage: { prompt_tokens: 12, total_tokens: 13 } }), 3);
    expect(reply).toMatchObject({ width: 3, failures: [], tokens: 12, model: 'm', notes: [] });
    expect([...reply.positions]).toEqual([0, 1, 2]);
    expect([...reply.values]).toEqual([0, 1, 2].flatMap((index) => vectorOf(index)));
  });

  it('places by position only where no index is sent, and then only when the count is right', () => {
    const bare = [{ embedding: vectorOf(0) }, { embedding: vectorOf(1), index: null }];
    expect([...read(replyOf(bare), 2).values]).toEqual([...vectorOf(0), ...vectorOf(1)]);
    expect(() => read(replyOf(bare), 3)).toThrow(expect.objectContaining({ kind: 'bad-reply' }));
    expect(() => read(replyOf(bare), 1)).toThrow(/\(2\) is not that of the texts \(1\)/);
    const mixed = [{ embedding: vectorOf(0) }, { embedding: vectorOf(1), index: 1 }];
    const reply = read(replyOf(mixed), 2);
    expect([...reply.positions]).toEqual([1]);
    expect(reasonsOf(reply)[0]).toMatch(/no vector/);
  });

  it.each([[[1, 2, 3]], [[0, 1, -1]], [[0, 1, 1.5]], [[0, 1, '2']]])(
    'refuses the numbering %j, which may be shifted',
    (indexes) => {
      const data = indexes.map((index) => ({ index, embedding: vectorOf(0) }));
      expect(() => read(replyOf(data), 3)).toThrow(expect.objectContaining({ kind: 'bad-reply' }));
    },
  );

  it('decodes base64 and unwraps nested lists, and says so', () => {
    const numbers = vectorOf(4, 5);
    const data = [
      { index: 0, embedding: base64Of(numbers) },
      { index: 1, embedding: [numbers] },
      { index: 2, embedding: [base64Of(numbers)] },
    ];
    const reply = read(replyOf(data), 3);
    expect([...reply.values]).toEqual([...numbers, ...numbers, ...numbers]);
    expect(reply.notes).toHaveLength(2);
    expect(reply.tokens).toBeNull();
    expect(reply.model).toBeNull();
  });

  it('fails rows whose vector cannot be used, each with its reason', () => {
    const good = vectorOf(1);
    const bad: unknown[] = [
      [1, null, 2],
      [0, 0, 0],
      [],
      [1, 1e300, 2],
      'not base64!',
      'AAAA',
      [good, good],
      null,
      { float: good },
      ['0.5', '0.5'],
      [1, 2, 3, 4],
      [1, '2', 3],
    ];
    const data = [...bad, good, good].map((embedding, index) => ({ index, embedding }));
    const reply = read(replyOf(data), data.length);
    expect([...reply.positions]).toEqual([12, 13]);
    const reasons = reasonsOf(reply);
    const expected = [
      /not numbers/,
      /zeros/,
      /empty/,
      /not numbers/,
      /decoded/,
      /decoded/,
      /several/,
      /something else/,
      /something else/,
      /several/,
      /length 4, the others have length 3/,
      /not numbers/,
    ];
    expect(Object.keys(reasons)).toHaveLength(expected.length);
    expected.forEach((reason, position) => {
      expect(reasons[position]).toMatch(reason);
    });
  });

  it('holds vectors against the length of the run', () => {
    const reply = read(replyOf([{ index: 0, embedding: vectorOf(0, 4) }]), 1, 3);
    expect(reply.width).toBe(0);
    expect(reasonsOf(reply)[0]).toMatch(/length 4, the others have length 3/);
    const asked = readEmbeddings({
      value: replyOf([{ index: 0, embedding: vectorOf(0, 4) }]),
      requested: 1,
      expectedWidth: null,
      askedDimensions: 2,
    });
    expect(asked.width).toBe(2);
    expect([...asked.values]).toEqual(vectorOf(0, 4).slice(0, 2));
    expect(asked.notes[0]).toMatch(/length 4; they were cut to 2 here/);
  });

  it('says where all vectors of the length asked for end in zeros', () => {
    const padded = (index: number, zeros: number) => ({
      index,
      embedding: [...vectorOf(index, 16 - zeros), ...new Array<number>(zeros).fill(0)],
    });
    const notesOf = (zeros: number[], askedDimensions: number | null) =>
      readEmbeddings({
        value: replyOf(zeros.map((count, index) => padded(index, count))),
        requested: zeros.length,
        expectedWidth: null,
        askedDimensions,
      }).notes.join();
    expect(notesOf([8, 6, 9], 16)).toMatch(/end in zeros from position 11 on.*only 10 numbers/);
    expect(notesOf([8, 6, 9], null)).toBe('');
    expect(notesOf([8, 2, 9], 16)).toBe('');
    expect(notesOf([8], 16)).toBe('');
  });

  it('throws for an error in a reply that claims success, and for no list', () => {
    const error = { error: { message: 'busy', code: 'concurrency_limit_exceeded' } };
    expect(() => read(error, 1)).toThrow(expect.objectContaining({ kind: 'busy' }));
    expect(() => read({ object: 'error', message: 'x', code: 1 }, 1)).toThrow(
      expect.objectContaining({ kind: 'bad-reply' }),
    );
    for (const value of [null, 'x', {}, { data: null }, { data: {} }, 7]) {
      expect(() => read(value, 1)).toThrow(expect.objectContaining({ kind: 'bad-reply' }));
    }
    expect(read({ error: null, data: [{ embedding: [1] }] }, 1).width).toBe(1);
  });

  it('gives each text its own vector or a reason, under shuffling, gaps and repetition', () => {
    const replies = fc
      .array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 24 })
      .chain((copies) => {
        const indexes = copies.flatMap((count, index) => Array<number>(count).fill(index));
        return fc.record({
          copies: fc.constant(copies),
          sent: fc.shuffledSubarray(indexes, { minLength: indexes.length }),
          form: fc.constantFrom('floats', 'base64', 'nested'),
        });
      });
    fc.assert(
      fc.property(replies, ({ copies, sent, form }) => {
        fc.pre(sent.length > 0);
        const data = sent.map((index) => {
          const numbers = vectorOf(index);
          const embedding = form === 'base64' ? base64Of(numbers) : form === 'nested' ? [numbers] : numbers;
          return { index, embedding };
        });
        const reply = read(replyOf(data), copies.length);
        const once = copies.flatMap((count, index) => (count === 1 ? [index] : []));
        expect([...reply.positions]).toEqual(once);
        expect([...reply.values]).toEqual(once.flatMap((index) => vectorOf(index)));
        const failed = reply.failures.map(({ position }) => position);
        expect([...failed, ...once].sort((a, b) => a - b)).toEqual(copies.map((_, index) => index));
        expect(reply.width).toBe(once.length === 0 ? 0 : 3);
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });

  it('throws ProviderError and nothing else, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 4 }), (value, requested) => {
        for (const candidate of [
          value,
          { data: value },
          { data: [{ embedding: value }, { index: value }] },
        ]) {
          try {
            const reply = read(candidate, requested);
            expect(reply.positions.length + reply.failures.length).toBe(requested);
          } catch (error) {
            expect(error).toMatchObject({ name: 'ProviderError' });
          }
        }
      }),
      { seed: 20261122, numRuns: 600 },
    );
  });
});
