import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseError, readRetryAfter } from './normalise-error';
import type { ProviderErrorKind } from './provider-error';
import { carriesError } from './read-error-body';

const model = 'Qwen/Qwen3-Embedding-8B';

function of(status: number, body: unknown) {
  return normaliseError({ status, bodyText: typeof body === 'string' ? body : JSON.stringify(body), model });
}

describe('normaliseError reads every form of body', () => {
  it.each<[string, unknown]>([
    ['object', { error: { message: 'input is odd', type: 'bad', param: null, code: 'odd_input' } }],
    ['text', { error: 'input is odd' }],
    ['text with type', { error: 'input is odd', error_type: 'validation' }],
    ['object: error', { object: 'error', message: 'input is odd', code: 40_001 }],
    ['detail', { detail: 'input is odd' }],
    ['detail object', { detail: { message: 'input is odd' } }],
    ['detail list', { detail: [{ loc: ['body', 'input'], msg: 'input is odd', type: 'value_error' }] }],
    ['statusCode', { statusCode: 400, message: 'input is odd', code: 'FST_ERR' }],
    ['message', { message: 'input is odd' }],
    ['nested', { error: { error: { message: 'input is odd' } } }],
    ['JSON string', '"input is odd"'],
    ['plain text', 'input is odd'],
  ])('%s', (_, body) => {
    const error = of(400, body);
    expect(error.kind).toBe('rejected');
    expect(error.message).toContain('input is odd');
    expect(error.message).toMatch(/^[A-Z].*[.”]\.?$/);
    expect(error.serverDetail).toContain('input is odd');
    expect(error.status).toBe(400);
  });

  it('keeps the place of a validation error', () => {
    expect(of(422, { detail: [{ loc: ['body', 'input', 3], msg: 'not a string' }] }).message).toContain(
      'body.input.3: not a string',
    );
  });

  it('reads HTML and nothing at all', () => {
    const page = of(502, '<!DOCTYPE html><html><head><title>502 Bad gateway</title></head></html>');
    expect(page).toMatchObject({ kind: 'server', serverDetail: 'web page 502 Bad gateway' });
    expect(page.message).toContain('web page');
    expect(page.message).not.toContain('<');
    expect(of(500, '')).toMatchObject({ kind: 'server', serverDetail: null });
  });
});

describe('normaliseError chooses the kind', () => {
  const coded = (code: string, message = '') => ({ error: { message, code } });
  it.each<[number, unknown, ProviderErrorKind]>([
    [400, { error: { message: 'Model is cold. Warming up takes minutes.' } }, 'cold'],
    [400, { error: 'The cold model is being started' }, 'cold'],
    [503, { error: 'Model X is currently loading', estimated_time: 20 }, 'cold'],
    [400, coded('completion_error', 'upstream failed'), 'server'],
    [400, { error: 'completion_error' }, 'server'],
    [400, { message: 'This model has a maximum context length of 512 tokens' }, 'rejected'],
    [400, { error: { message: 'dimensions is not supported by this model' } }, 'rejected'],
    [413, 'Payload Too Large', 'rejected'],
    [422, { detail: 'batch size 64 > maximum allowed batch size 32' }, 'rejected'],
    [401, coded('unauthorized', 'Invalid token'), 'unauthorized'],
    [401, '', 'unauthorized'],
    [400, coded('invalid_api_key'), 'unauthorized'],
    [402, '', 'forbidden'],
    [403, { error: 'Your plan does not include this model' }, 'forbidden'],
    [403, coded('model_gated_needs_oauth'), 'forbidden'],
    [401, coded('model_gated_needs_oauth'), 'forbidden'],
    [429, coded('insufficient_quota'), 'forbidden'],
    [403, '<html>blocked</html>', 'forbidden'],
    [404, coded('model_not_found'), 'not-found'],
    [404, 'Gone.', 'not-found'],
    [400, { error: { message: 'The model `x` does not exist' } }, 'not-found'],
    [429, coded('concurrency_limit_exceeded'), 'busy'],
    [429, '', 'busy'],
    [503, coded('capacity_exhausted'), 'busy'],
    [500, coded('server_error'), 'server'],
    [500, coded('completions_error'), 'server'],
    [504, '<html>', 'server'],
    [524, '<html>', 'server'],
    [599, '', 'server'],
    [408, '', 'timeout'],
    [400, '', 'rejected'],
    [418, '', 'rejected'],
    [200, { error: { message: 'concurrency', code: 'concurrency_limit_exceeded' } }, 'busy'],
    [200, { error: { message: 'no', code: 401 } }, 'unauthorized'],
    [200, { error: 'strange' }, 'bad-reply'],
    [200, { object: 'error', message: 'no such model', code: 404 }, 'not-found'],
  ])('%d %j → %s', (status, body, kind) => {
    const error = of(status, body);
    expect(error.kind).toBe(kind);
    expect(error.status).toBe(status);
  });

  it('tells credit, plan and licence apart', () => {
    expect(of(402, '').message).toContain('credit');
    expect(of(403, { error: 'upgrade your plan' }).message).toContain('plan of this account');
    expect(of(403, coded('model_gated_needs_oauth')).message).toContain('licence');
    expect(of(404, coded('model_not_found')).message).toContain(model);
  });
});

describe('readRetryAfter', () => {
  it('reads seconds and dates, and nothing else', () => {
    expect(readRetryAfter('7')).toBe(7000);
    expect(readRetryAfter('0.5')).toBe(500);
    expect(readRetryAfter('Wed, 21 Oct 2026 07:28:00 GMT', Date.UTC(2026, 9, 21, 7, 27))).toBe(60_000);
    expect(readRetryAfter('Wed, 21 Oct 2026 07:28:00 GMT', Date.UTC(2026, 9, 22))).toBe(0);
    expect(readRetryAfter('Wed, 21 Oct 2026 07:28:00 GMT')).toBeNull();
    expect(readRetryAfter('soon', 0)).toBeNull();
    expect(readRetryAfter(null, 0)).toBeNull();
    expect(normaliseError({ status: 429, bodyText: '', retryAfter: '3', model }).retryAfterMs).toBe(3000);
  });
});

describe('normaliseError and the key', () => {
  it('masks keys that are not the one sent, too', () => {
    const said =
      'Incorrect API key provided: abc123**xyz; header was Bearer eyJhbGciOi.payload and sk-live_99887766';
    const error = of(401, { error: { message: said } });
    for (const secret of ['abc123', 'eyJhbGciOi', '99887766']) {
      expect(`${error.message} ${error.serverDetail}`).not.toContain(secret);
    }
  });

  it('never throws and never repeats the key, whatever the body', () => {
    const keys = fc.stringMatching(/^[A-Za-z0-9_\-.]{8,60}$/).filter((key) => /\d/.test(key));
    const cases = fc.record({
      key: keys,
      status: fc.integer({ min: 200, max: 599 }),
      value: fc.jsonValue(),
      pad: fc.integer({ min: 0, max: 400 }),
      form: fc.integer({ min: 0, max: 7 }),
      retryAfter: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(cases, ({ key, status, value, pad, form, retryAfter }) => {
        const words = `${'x '.repeat(pad)}${key} is wrong, Bearer ${key}\n${key}`;
        const bodies: unknown[] = [
          value,
          { error: { message: words, code: key, type: value } },
          { error: words },
          { detail: [{ loc: [key, 1], msg: words }] },
          { object: 'error', message: words, code: value },
          { [key]: words, message: value },
          { statusCode: key, message: [words, words] },
        ];
        const bodyText = form === 7 ? `<html><title>${words}</title>` : JSON.stringify(bodies[form]);
        carriesError(bodies[form]);
        const error = normaliseError({ status, bodyText, retryAfter, key, model, nowMs: 0 });
        const shown = `${error.message}\n${error.serverDetail}\n${error.stack}\n${JSON.stringify(error)}`;
        expect(shown.toLowerCase()).not.toContain(key.toLowerCase());
        expect(error.message.length).toBeLessThan(600);
        expect(error.serverDetail?.length ?? 0).toBeLessThanOrEqual(310);
      }),
      { seed: 20261122, numRuns: 1500 },
    );
  });

  it('leaves no part of the key where a long message is cut', () => {
    const key = 'kAjQwZpLmNtRvX0987654321';
    for (let pad = 200; pad < 310; pad++) {
      const error = normaliseError({ status: 400, bodyText: `${'. '.repeat(pad / 2)}${key} is wrong`, key });
      expect(`${error.message} ${error.serverDetail}`).not.toContain(key.slice(0, 2));
    }
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), fc.string({ unit: 'binary' }), (status, bodyText) => {
        expect(normaliseError({ status, bodyText }).message).not.toBe('');
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});
