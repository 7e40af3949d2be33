import { expect, it } from 'vitest';
import { asWritten } from '@/core/embedding/run';
import type { TextChoice } from '@/state/provider-choice';
import { describeTextChoice, textOptionsFor } from './text-options';

const choice: TextChoice = { ...asWritten, documentPrefix: 'd: ', queryPrefix: 'q: ', prefixes: 'suggested' };
const e5 = 'intfloat/multilingual-e5-large';

it('takes each model’s own prefixes, none, or those of the person', () => {
  expect(textOptionsFor(e5, choice)).toMatchObject({ documentPrefix: 'passage: ', queryPrefix: 'query: ' });
  expect(textOptionsFor('some/model', choice)).toEqual(asWritten);
  expect(textOptionsFor(e5, { ...choice, prefixes: 'none' })).toEqual(asWritten);
  expect(textOptionsFor(e5, { ...choice, prefixes: 'own', side: 'query', maxTokens: 99 })).toEqual({
    side: 'query',
    documentPrefix: 'd: ',
    queryPrefix: 'q: ',
    maxTokens: 99,
  });
});

it('is told in one line', () => {
  expect(describeTextChoice(choice)).toBe('as documents · suggested prefixes · whole');
  expect(describeTextChoice({ ...choice, side: 'query', prefixes: 'none', maxTokens: 1024 })).toBe(
    'as queries · no prefix · cut at 1,024 tokens',
  );
});
