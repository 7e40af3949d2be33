import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { faultNames, faults } from './faults';

const entry = fileURLToPath(new URL('./start.mjs', import.meta.url));
const run = promisify(execFile);

it('lists every fault with its line', async () => {
  const { stdout } = await run(process.execPath, [entry, '--help']);
  for (const name of faultNames) expect(stdout).toContain(`${name} `);
  for (const name of faultNames) expect(stdout).toContain(faults[name].description);
});

it('serves until it is told to stop', async () => {
  const child = spawn(process.execPath, [
    entry,
    '--port',
    '0',
    '--key',
    'k',
    '--faults',
    'reversed,no-usage',
  ]);
  const exit = once(child, 'exit');
  try {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    const [base] = chunk.toString().split('\n');
    const reply = await fetch(`${base}/embeddings`, {
      method: 'POST',
      headers: { authorization: 'Bearer k' },
      body: JSON.stringify({ model: 'local/ngram-64', input: ['a', 'b'] }),
    });
    const { data } = (await reply.json()) as { data: { index: number }[] };
    expect(data.map(({ index }) => index)).toEqual([1, 0]);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exit).toEqual([0, null]);
});

it.each([
  [['--faults', 'nonsense'], /No fault is called nonsense/],
  [['--port', 'high'], /--port must be a whole number/],
  [['--portt', '1'], /portt/],
  [['--vectors', '/does/not/exist'], /no such file or directory/],
])('says what is wrong with %j', async (words, message) => {
  await expect(run(process.execPath, [entry, ...words])).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(message),
  });
});
