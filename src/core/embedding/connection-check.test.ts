import { describe, expect, it } from 'vitest';
import { type ConnectionFacts, describeConnection } from './connection-check';
import { ProviderError } from './provider-error';
import type { ProbeReply } from './read-probe';
import { describeProblem } from './run-problem';

const base = { host: 'api.example.com', forwarder: null, hasKey: true, model: 'org/m' } as const;

function done<Value>(value: Value) {
  return { state: 'done', value } as const;
}

function failed(...args: ConstructorParameters<typeof ProviderError>) {
  return { state: 'failed', problem: describeProblem(new ProviderError(...args)) } as const;
}

function reply(numbers: number[], rest: Partial<ProbeReply> = {}): ProbeReply {
  return {
    encoding: 'numbers',
    vector: Float32Array.from(numbers),
    norm: Math.hypot(...numbers),
    tokens: 1,
    repliedModel: 'org/m',
    durationMs: 12.4,
    ...rest,
  };
}

const good: ConnectionFacts = {
  ...base,
  catalog: done({ rows: 100 }),
  plan: done({ name: 'Chat', maxContextLength: null, concurrency: 4 }),
  numbers: done(reply([0.5, 0.5, 0.5, 0.5])),
  base64: done(reply([0.5, 0.5, 0.5, 0.5], { encoding: 'base64' })),
  dimensions: done({ ...reply([Math.SQRT1_2, Math.SQRT1_2]), asked: 2 }),
};

function lineOf(topic: string, facts: Partial<ConnectionFacts>) {
  return describeConnection({ ...good, ...facts }).find((finding) => finding.topic === topic);
}

describe('describeConnection', () => {
  it('says of a good connection what each step did', () => {
    expect(describeConnection(good).map(({ topic, tone, text }) => `${topic} (${tone}): ${text}`)).toEqual([
      'Route (neutral): Requests go to api.example.com directly.',
      'Catalog (good): Its first page lists 100 models.',
      'Plan (good): The key works: plan Chat, 4 requests at once.',
      'Embedding (good): org/m gave 4 numbers for “hello” in 12 ms. Norm 1.000 (normalised). 1 token reported.',
      'base64 (good): Works: the same vector came as base64.',
      'Dimensions (good): Works: 2 numbers came as asked, the first ones of the 4.',
      'CORS (good): api.example.com lets this page read its answers: all 5 of 5.',
    ]);
  });

  it('grows with the steps, and speaks of CORS only at the end', () => {
    expect(describeConnection(base).map(({ topic }) => topic)).toEqual(['Route']);
    expect(
      describeConnection({ ...base, catalog: good.catalog, plan: good.plan }).map(({ topic }) => topic),
    ).toEqual(['Route', 'Catalog', 'Plan']);
  });

  it('names the page’s own server and leaves CORS out of it', () => {
    const forwarder = '127.0.0.1:4173';
    expect(lineOf('Route', { forwarder })?.text).toContain('through this page’s own server (127.0.0.1:4173)');
    expect(lineOf('CORS', { forwarder })?.text).toContain('Plays no part');
  });

  it('tells what was unusual in a vector that came', () => {
    const odd = reply([3, 4, 0, 0], { tokens: null, repliedModel: 'org/other', encoding: 'base64' });
    expect(lineOf('Embedding', { numbers: done(odd) })?.text).toBe(
      'org/m gave 4 numbers for “hello” in 12 ms, as base64 although plain numbers were asked for. Norm 5.000 (not normalised; the page does it). No usage was reported. The reply names another model: org/other.',
    );
  });

  it('tells base64 that is not honoured, is another vector, or is refused apart', () => {
    expect(lineOf('base64', { base64: done(reply([0.5, 0.5, 0.5, 0.5])) })).toMatchObject({
      tone: 'neutral',
    });
    const other = done(reply([1, 0, 0, 0], { encoding: 'base64' }));
    expect(lineOf('base64', { base64: other })?.text).toContain('another vector');
    expect(lineOf('base64', { base64: failed('rejected', 'No base64.', 400, 'bad_format') })?.text).toBe(
      'Refused. No base64. (HTTP 400 · bad_format)',
    );
  });

  it('tells dimensions that are ignored, cut elsewhere, or refused apart', () => {
    const ignored = done({ ...reply([0.5, 0.5, 0.5, 0.5]), asked: 2 });
    expect(lineOf('Dimensions', { dimensions: ignored })?.text).toBe(
      'The option was ignored: 2 were asked for, 4 numbers came.',
    );
    const elsewhere = done({ ...reply([1, 0]), asked: 2 });
    expect(lineOf('Dimensions', { dimensions: elsewhere })?.text).toContain('other ones than the first');
    expect(lineOf('Dimensions', { dimensions: failed('rejected', 'Not supported.', 400) })).toEqual({
      topic: 'Dimensions',
      tone: 'bad',
      text: 'Refused. Not supported. (HTTP 400)',
    });
  });

  it('says what was not tried, and why', () => {
    const facts = {
      plan: { state: 'skipped' },
      numbers: failed('unauthorized', 'The key was refused.', 401, 'unauthorized'),
      base64: { state: 'skipped' },
      dimensions: { state: 'skipped' },
    } as const;
    expect(lineOf('Plan', facts)?.text).toContain('no key was given');
    expect(lineOf('Embedding', facts)).toMatchObject({
      tone: 'bad',
      text: expect.stringContaining('HTTP 401'),
    });
    expect(lineOf('base64', facts)?.text).toContain('Not tried');
    expect(lineOf('Dimensions', facts)?.text).toContain('Not tried');
    expect(lineOf('CORS', facts)?.text).toContain('all 2 of 2');
    expect(lineOf('Plan', { plan: done(null) })?.tone).toBe('neutral');
  });

  it('tells a server that cannot be read at all from one that can be read in part', () => {
    const unread = failed('unreachable', 'No answer.');
    const skipped = { state: 'skipped' } as const;
    const rest = { plan: skipped, base64: skipped, dimensions: skipped } as const;
    expect(lineOf('CORS', { ...rest, catalog: unread, numbers: unread })?.text).toMatch(/^No answer of/);
    expect(lineOf('CORS', { ...rest, numbers: unread })?.text).toMatch(/^1 of 2 answers/);
  });
});
