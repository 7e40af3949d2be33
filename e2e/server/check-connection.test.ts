import { afterEach, expect, it } from 'vitest';
import { type ConnectionFacts, describeConnection } from '@/core/embedding/connection-check';
import { checkConnection } from '@/providers/openai-compatible/check-connection';
import { type ApiServer, startApiServer } from './api-server';

let api: ApiServer | null = null;

afterEach(async () => {
  await api?.close();
  api = null;
});

async function check(
  options: Parameters<typeof startApiServer>[0],
  key: string | null,
  model = 'local/ngram-256',
): Promise<{ facts: ConnectionFacts; steps: number; lines: Record<string, string> }> {
  api = await startApiServer(options);
  const reports: ConnectionFacts[] = [];
  await checkConnection({
    server: { preset: 'openai-compatible', baseUrl: `${api.url}/v1`, readKey: () => key },
    model,
    signal: new AbortController().signal,
    report: (facts) => reports.push(facts),
  });
  const facts = reports.at(-1)!;
  const lines = Object.fromEntries(describeConnection(facts).map(({ topic, text }) => [topic, text]));
  return { facts, steps: reports.length, lines };
}

it('asks for the catalog and the plan, sends “hello” three times, and nothing else', async () => {
  const { facts, steps, lines } = await check({ key: 'a-key-of-mine' }, 'a-key-of-mine');
  expect(api!.log.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /v1/models',
    'GET /v1/plan',
    ...Array.from({ length: 3 }, () => 'POST /v1/embeddings'),
  ]);
  const bodies = api!.log.ofRoute('POST', '/v1/embeddings').map(({ body }) => body);
  const common = { model: 'local/ngram-256', input: ['hello'] };
  expect(bodies).toEqual([
    { ...common, encoding_format: 'float' },
    { ...common, encoding_format: 'base64' },
    { ...common, encoding_format: 'float', dimensions: 128 },
  ]);
  expect(steps).toBe(6);
  expect(facts.plan).toMatchObject({ state: 'done', value: { name: 'Local' } });
  expect(lines.Embedding).toContain('256 numbers');
  expect(lines.base64).toContain('Works');
  expect(lines.CORS).toContain('5 of 5');
});

it('asks for no plan without a key, and stops at the first embedding that is refused', async () => {
  const { lines } = await check({ key: 'a-key-of-mine' }, null);
  expect(api!.log.requests.map(({ path }) => path)).toEqual(['/v1/models', '/v1/embeddings']);
  expect(lines.Plan).toContain('no key');
  expect(lines.Embedding).toContain('401');
  expect(lines.Dimensions).toContain('Not tried');
});

it('repeats no key, even where the server does', async () => {
  const key = 'local/ngram-256-other';
  const { facts, lines } = await check({ faults: ['other-model'] }, key);
  expect(JSON.stringify([facts, lines])).not.toContain(key);
  expect(lines.Embedding).toContain('names another model: •••');
});

it('throws when cancelled', async () => {
  api = await startApiServer({ faults: ['slow'], delayMs: 20_000 });
  const controller = new AbortController();
  const checked = checkConnection({
    server: { preset: 'openai-compatible', baseUrl: `${api.url}/v1`, readKey: () => null },
    model: 'local/ngram-64',
    signal: controller.signal,
    report: ({ plan }) => {
      if (plan) setTimeout(() => controller.abort(), 50);
    },
  });
  await expect(checked).rejects.toMatchObject({ name: 'AbortError' });
});
