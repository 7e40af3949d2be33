import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes';

test.each([
  [0, '0 bytes'],
  [812, '812 bytes'],
  [1234, '1.2 kB'],
  [9960, '10 kB'],
  [999_600, '1.0 MB'],
  [47_300_000, '47 MB'],
  [2_500_000_000, '2.5 GB'],
  [8e15, '8000 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
