import { expect, it } from 'vitest';
import { describeWay } from './describe-way';

it('says which way texts to Featherless take, once it is known', () => {
  expect(describeWay('featherless', null)).toBe('');
  expect(describeWay('featherless', { forwarder: null })).toBe(' directly');
  expect(describeWay('featherless', { forwarder: '127.0.0.1:4173' })).toBe(
    ' through this page’s own server (127.0.0.1:4173)',
  );
  expect(describeWay('openai-compatible', { forwarder: '127.0.0.1:4173' })).toBe('');
});
