import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { appendSet, buildDataset } from './build-dataset';
import type { Dataset } from './dataset';
import { parseTable } from './parse-table';
import { TableError } from './table';
import { textsOf } from './text-column';

function build(text: string, name = 'a.csv', label: number | null = null, column = 0): Dataset {
  return buildDataset(parseTable({ name, text }), { textColumn: column, labelColumn: label, name });
}

function columnsOf(dataset: Dataset): Record<string, string[]> {
  return Object.fromEntries(dataset.columns.map(({ name, cells }) => [name, textsOf(cells)]));
}

describe('buildDataset', () => {
  it('drops blank rows, counts duplicates and keeps the other columns in step', () => {
    const dataset = build('text,label\na,x\n ,y\nb,x\na,z\n', 'a.csv', 1);
    expect(textsOf(dataset.texts)).toEqual(['a', 'b', 'a']);
    expect(columnsOf(dataset)).toEqual({ label: ['x', 'x', 'z'] });
    expect(dataset).toMatchObject({
      rowCount: 3,
      textColumn: 'text',
      labelColumn: 'label',
      sets: ['a.csv'],
      notes: { blankSkipped: 1, duplicates: 1, remarks: [] },
    });
  });

  it('has no name for the texts of plain lines', () => {
    expect(build('one\n\ntwo\n', 'a.txt')).toMatchObject({ textColumn: null, columns: [], rowCount: 2 });
  });

  it('says which column is blank', () => {
    expect(() => build('text,label\n ,x\n,y\n', 'a.csv', null, 0)).toThrow(TableError);
    expect(() => build('text,label\n ,x\n,y\n', 'a.csv', null, 0)).toThrow('“text”');
  });

  it('has an id that follows name, texts and columns, not the choice of labels', () => {
    const base = build('text,label\na,x\nb,y\n', 'a.csv', 1);
    expect(base.id).toMatch(/^[0-9a-f]{16}$/);
    expect(build('text,label\na,x\nb,y\n', 'a.csv', null).id).toBe(base.id);
    const others = [
      build('text,label\na,x\nb,y\n', 'b.csv', 1),
      build('text,label\na,x\nb,z\n', 'a.csv', 1),
      build('text,topic\na,x\nb,y\n', 'a.csv', 1),
      build('text,label\nab,x\nb,y\n', 'a.csv', 1),
    ];
    expect(new Set([base.id, ...others.map(({ id }) => id)]).size).toBe(5);
  });

  it('has another id when only the borders between texts move, or a lone surrogate differs', () => {
    const id = (texts: string[]) => build(JSON.stringify(texts), 'a.json').id;
    expect(id(['ab', 'c'])).not.toBe(id(['a', 'bc']));
    expect(id(['x \ud83d'])).not.toBe(id(['x \ud83e']));
    const long = 'x'.repeat(16_384);
    expect(id([`${long}ya`])).not.toBe(id([`${long}yb`]));
  });
});

describe('appendSet', () => {
  it('joins rows and columns and names each row’s set', () => {
    const base = build('text,label,lang\na,x,en\nb,y,de\n', 'a.csv', 1);
    const joined = appendSet(base, build('text,lang,topic\nc,fr,z\na,es,z\n', 'b.csv', 2), 'b.csv');
    expect(textsOf(joined.texts)).toEqual(['a', 'b', 'c', 'a']);
    expect(columnsOf(joined)).toEqual({
      set: ['a.csv', 'a.csv', 'b.csv', 'b.csv'],
      label: ['x', 'y', 'z', 'z'],
      lang: ['en', 'de', 'fr', 'es'],
    });
    expect(joined).toMatchObject({
      name: 'a.csv',
      rowCount: 4,
      labelColumn: 'label',
      sets: ['a.csv', 'b.csv'],
      notes: { blankSkipped: 0, duplicates: 1 },
    });
    expect(joined.id).not.toBe(base.id);
  });

  it('extends the sets there are, numbers a repeated name, and leaves missing cells empty', () => {
    const base = build('one\ntwo', 'a.txt');
    const two = appendSet(base, build('text,label\nthree,x\n', 'b.csv', 1), 'a.txt');
    const three = appendSet(two, build('four', 'c.txt'), 'c.txt');
    expect(three.sets).toEqual(['a.txt', 'a.txt (2)', 'c.txt']);
    expect(columnsOf(three)).toEqual({
      set: ['a.txt', 'a.txt', 'a.txt (2)', 'c.txt'],
      label: ['', '', 'x', ''],
    });
    expect(three.labelColumn).toBe('label');
    expect(three.textColumn).toBeNull();
  });

  it('keeps columns called set, and any that would take the place of another', () => {
    const base = build('text,set\na,train\nb,test\n', 'a.csv', 1);
    const added = build('sentence,text,set\nc,own,dev\nd,own,dev\n', 'b.csv');
    const joined = appendSet(base, added, 'more');
    expect(columnsOf(joined)).toEqual({
      set: ['a.csv', 'a.csv', 'more', 'more'],
      'set (column)': ['train', 'test', 'dev', 'dev'],
      'text (2)': ['', '', 'own', 'own'],
    });
    expect(joined.labelColumn).toBe('set (column)');
    const again = appendSet(joined, base, 'again');
    expect(columnsOf(again)['set (column)']).toEqual(['train', 'test', 'dev', 'dev', 'train', 'test']);
    expect(columnsOf(again).set?.slice(4)).toEqual(['again', 'again']);
  });

  it('does not mix a column with the label column whose name it has', () => {
    const base = build('text,label\na,x\nb,y\n', 'a.csv', 1);
    const joined = appendSet(base, build('text,label,topic\nc,other,z\n', 'b.csv', 2), 'b');
    expect(columnsOf(joined)).toEqual({
      set: ['a.csv', 'a.csv', 'b'],
      label: ['x', 'y', 'z'],
      'label (2)': ['', '', 'other'],
    });
  });

  it('loses no text and no cell, in any order of any sets', () => {
    const column = fc.constantFrom('text', 'set', 'set (column)', 'label', 'a', '__proto__');
    const source = fc
      .tuple(fc.uniqueArray(column, { minLength: 1 }), fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }))
      .map(([names, rows]) =>
        JSON.stringify(
          rows.map((n, row) =>
            Object.fromEntries([['body', `words ${n}`], ...names.map((name) => [name, `${name}/${row}`])]),
          ),
        ),
      );
    fc.assert(
      fc.property(fc.array(source, { minLength: 2, maxLength: 4 }), fc.boolean(), (sources, labelled) => {
        const sets = sources.map((text) => build(text, 's.json', labelled ? 1 : null));
        const joined = sets.slice(1).reduce((base, set) => appendSet(base, set, 's.json'), sets[0]!);
        expect(textsOf(joined.texts)).toEqual(sets.flatMap((set) => textsOf(set.texts)));
        expect(new Set(joined.columns.map(({ name }) => name)).size).toBe(joined.columns.length);
        for (const { cells } of joined.columns) expect(cells.ends.length).toBe(joined.rowCount);
        const filled = (dataset: Dataset) =>
          dataset.columns
            .filter(({ name }) => dataset.sets.length === 1 || name !== 'set')
            .flatMap(({ cells }) => textsOf(cells))
            .filter((cell) => cell !== '')
            .sort();
        expect(filled(joined)).toEqual(sets.flatMap(filled).sort());
        expect(joined.sets.length).toBe(sets.length);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
