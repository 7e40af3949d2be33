import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const dimensions = 24;
let server: ChildProcess;
let address: string;

beforeAll(async () => {
  const script = new URL('./reply-server.mjs', import.meta.url).pathname;
  server = spawn(process.execPath, [script, '--rows', '10', '--dimensions', String(dimensions)]);
  address = await new Promise((resolve) => {
    server.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
});

afterAll(() => {
  server.kill();
});

interface Reply {
  readonly data: readonly { readonly index: number; readonly embedding: string | readonly number[] }[];
}

async function embed(input: readonly string[], encoding: 'base64' | 'float'): Promise<Reply> {
  const body = JSON.stringify({ model: 'bench/24-1', input, encoding_format: encoding });
  const reply = await fetch(`${address}/v1/embeddings`, { method: 'POST', body });
  expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  return reply.json();
}

test('a text gets the same vector of length 1 in base64 and in numbers, each row another', async () => {
  const input = ['3 some words', '0 others', '3 more words'];
  const inNumbers = (await embed(input, 'float')).data.map(({ embedding }) => embedding as number[]);
  const inBase64 = (await embed(input, 'base64')).data.map(({ embedding }) => {
    const bytes = Buffer.from(embedding as string, 'base64');
    return Array.from({ length: dimensions }, (_, k) => bytes.readFloatLE(4 * k));
  });
  expect(inBase64).toEqual(inNumbers);
  expect(inNumbers[0]).toEqual(inNumbers[2]);
  expect(inNumbers[0]).not.toEqual(inNumbers[1]);
  for (const vector of inNumbers) expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
});

test('the log tells the sizes of the batches since it was last read', async () => {
  await (await fetch(`${address}/log`)).json();
  await embed(['1 a'], 'base64');
  await embed(['1 a', '2 b'], 'base64');
  expect(await (await fetch(`${address}/log`)).json()).toMatchObject({ batches: [1, 2], mostInFlight: 1 });
  expect(await (await fetch(`${address}/log`)).json()).toMatchObject({ batches: [] });
});
