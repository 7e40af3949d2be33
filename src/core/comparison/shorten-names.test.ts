import { expect, it } from 'vitest';
import { shortenNames } from './shorten-names';

it('cuts long names only, and only so far that they stay apart', () => {
  const long = 'BiomedNLP-PubMedBERT-base-uncased-abstract-fulltext';
  expect(shortenNames(['MiniLM-L6', long])).toEqual(['MiniLM-L6', 'BiomedNLP-PubMedBERT-ba…']);
  expect(shortenNames([long, `${long} · as queries`])).toEqual([
    'BiomedNLP-P…ct-fulltext',
    'BiomedNLP-P…as queries',
  ]);
  const twin = long.replace('uncased', 'cased');
  expect(shortenNames([long, twin])).toEqual([long, twin]);
});
