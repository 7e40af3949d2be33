import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { buildDataset } from './build-dataset';
import { parseTable } from './parse-table';
import { type ParsedTable, TableError } from './table';
import { textAt, textsOf } from './text-column';

const folder = process.env.SAMPLE_TEXTS_DIR ?? '';
const present = folder !== '' && existsSync(join(folder, 'MANIFEST.tsv'));

function read(path: string): ParsedTable {
  const bytes = new Uint8Array(readFileSync(join(folder, path)));
  return parseTable({ name: basename(path), bytes });
}

function readOrRefuse(path: string): ParsedTable | TableError {
  try {
    return read(path);
  } catch (error) {
    if (error instanceof TableError) return error;
    throw new Error(`${path} was not refused but crashed`, { cause: error });
  }
}

function guessedNames(table: ParsedTable): [string | undefined, string | undefined] {
  const label = table.guessedLabel === null ? undefined : table.columns[table.guessedLabel]?.name;
  return [table.columns[table.guessedText ?? -1]?.name, label];
}

it('reads a file of an unknown kind from the disk as the lines it has', () => {
  const path = fileURLToPath(import.meta.url);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const table = parseTable({ name: basename(path), bytes: new Uint8Array(readFileSync(path)) });
  expect(textsOf(table.columns[0]!.cells)).toEqual(lines);
});

if (present) describeSamples();
else process.stdout.write('SAMPLE_TEXTS_DIR is not set: real files are not read.\n');

function describeSamples(): void {
  const files = readFileSync(join(folder, 'MANIFEST.tsv'), 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(([path]) => /\.(?:csv|tsv|txt|jsonl)$/.test(path ?? '') && !path?.startsWith('nasty/'))
    .map(([path, , rows, columns]) => ({ path: path!, rows: Number(rows), columns }));

  describe('real files', () => {
    it('has some', () => expect(files.length).toBeGreaterThan(10));

    it.each(files)('$path has $rows rows', ({ path, rows, columns }) => {
      const table = read(path);
      expect(table.rowCount).toBe(rows);
      if (columns !== 'None') expect(table.columns.length).toBe(Number(columns));
      const choice = { textColumn: table.guessedText ?? -1, labelColumn: table.guessedLabel, name: path };
      expect(buildDataset(table, choice).rowCount).toBe(rows);
    });

    it.each([
      ['texts/banking77_train.csv', ['text', 'category']],
      ['texts/clinc150_test.tsv', ['text', 'label']],
      ['texts/stackoverflow_dev.tsv', ['text', 'label']],
      ['texts/tatoeba_mix_dev.tsv', ['text', 'lang']],
      ['texts/most-common-nouns-english.csv', ['Word', undefined]],
      ['texts/stsb_ja_test.csv', ['column 1', undefined]],
      ['emb/emoji2vec/texts.tsv', ['text', undefined]],
      ['emb/canmat/texts.jsonl', ['text', 'label']],
      ['maps/datavis_survey.tsv', ['DataVizNotUnderstood', 'label']],
    ])('%s: text and label', (path, names) => {
      expect(guessedNames(read(path))).toEqual(names);
    });

    it('keeps quotation marks of plain TSV and resolves those of quoted TSV', () => {
      const plain = read('texts/tatoeba_mix_dev.tsv');
      expect(textAt(plain.columns[2]!.cells, 281)).toBe(
        '"Do you hate me?" "No." "So do you love me?" "Why are you asking?"',
      );
      const quoted = read('texts/clinc150_test.tsv');
      expect(textAt(quoted.columns[0]!.cells, 548)).toBe('address me as "bailey');
    });
  });

  describe('naughty strings', () => {
    it('come out as they went in', () => {
      const raw: string[] = JSON.parse(readFileSync(join(folder, 'nasty/blns.json'), 'utf8'));
      expect(textsOf(read('nasty/blns.json').columns[0]!.cells)).toEqual(raw);
      expect(read('nasty/blns.txt').rowCount).toBeGreaterThan(raw.length);
    });
  });

  describe('JSON test suite', () => {
    const path = 'nasty/json_test_suite/test_parsing';
    const names = readdirSync(join(folder, path));

    it('refuses every invalid file, calls no valid one invalid, and crashes on none', () => {
      expect(names.length).toBe(318);
      for (const name of names) {
        const result = readOrRefuse(join(path, name));
        if (name.startsWith('n_')) expect(result, name).toBeInstanceOf(TableError);
        if (name.startsWith('y_') && result instanceof TableError) {
          expect(result.message, name).not.toContain('not valid JSON');
        }
      }
    });
  });

  describe('polluted CSV', () => {
    const names = readdirSync(join(folder, 'nasty/pollock_csv/csv'));

    it.each(names)('%s is read or refused', (name) => {
      readOrRefuse(join('nasty/pollock_csv/csv', name));
    });

    it.each([
      'source.csv',
      'file_double_trailing_newline.csv',
      'file_escape_char_0x5C.csv',
      'file_field_delimiter_0x2C_0x20.csv',
      'file_field_delimiter_0x3B.csv',
      'file_field_delimiter_0x9.csv',
      'file_no_trailing_newline.csv',
      'file_record_delimiter_0xA.csv',
      'file_record_delimiter_0xD.csv',
    ])('%s reads as its clean version', (name) => {
      const polluted = read(join('nasty/pollock_csv/csv', name));
      const clean = read(join('nasty/pollock_csv/clean', name));
      expect(polluted.columns.map((column) => [column.name, textsOf(column.cells)])).toEqual(
        clean.columns.map((column) => [column.name, textsOf(column.cells)]),
      );
    });
  });
}
