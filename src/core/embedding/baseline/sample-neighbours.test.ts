import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildDataset } from '@/core/dataset/build-dataset';
import { columnNamed } from '@/core/dataset/dataset';
import { parseTable } from '@/core/dataset/parse-table';
import { packTexts, textsOf } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';
import { fitLsa } from './lsa';
import { fitNgrams } from './ngram';

const table = parseTable({
  name: 'sample.tsv',
  bytes: readFileSync(new URL('../../dataset/sample.tsv', import.meta.url)),
});
const sample = buildDataset(table, {
  textColumn: table.guessedText ?? -1,
  labelColumn: table.guessedLabel,
  name: 'Sample',
});
const labels = textsOf(columnNamed(sample, sample.labelColumn)!.cells);
const sampleTexts = textsOf(sample.texts).map((text, row) => ({ text, label: labels[row]! }));
const texts = packTexts(sampleTexts.map(({ text }) => text));
const ngrams = finishWork(fitNgrams(texts));
const lsa = finishWork(fitLsa(texts));

type Rows = readonly { row: number; unit: number[] }[];

function embedAll(model: { embed(text: string): Float32Array | null }): Rows {
  return sampleTexts.flatMap(({ text }, row) => {
    const vector = model.embed(text);
    if (vector === null) return [];
    const norm = Math.hypot(...vector);
    return [{ row, unit: Array.from(vector, (value) => value / norm) }];
  });
}

function neighboursOf(rows: Rows, k: number): Map<number, number[]> {
  return new Map(
    rows.map(({ row, unit }) => {
      const ranked = rows
        .filter((other) => other.row !== row)
        .map((other) => ({
          row: other.row,
          cosine: unit.reduce((sum, value, i) => sum + value * other.unit[i]!, 0),
        }))
        .sort((a, b) => b.cosine - a.cosine || a.row - b.row);
      return [row, ranked.slice(0, k).map((other) => other.row)];
    }),
  );
}

function labelAccuracy(neighbours: Map<number, number[]>): number {
  let right = 0;
  for (const [row, nearest] of neighbours) {
    const votes = new Map<string, number>();
    for (const other of nearest) {
      const { label } = sampleTexts[other]!;
      votes.set(label, (votes.get(label) ?? 0) + 1);
    }
    const [winner] = [...votes].sort((a, b) => b[1] - a[1])[0]!;
    if (winner === sampleTexts[row]!.label) right++;
  }
  return right / neighbours.size;
}

describe('sample texts', () => {
  it('are about 300, in ten topics, none blank and none twice', () => {
    expect(sampleTexts.length).toBeGreaterThanOrEqual(280);
    expect(sampleTexts.length).toBeLessThanOrEqual(320);
    expect(new Set(sampleTexts.map(({ label }) => label)).size).toBe(10);
    expect(new Set(sampleTexts.map(({ text }) => text.trim())).size).toBe(sampleTexts.length);
    expect(sampleTexts.every(({ text }) => text.trim() !== '')).toBe(true);
  });

  it('come in several scripts', () => {
    for (const script of [
      /\p{Script=Hiragana}/u,
      /\p{Script=Han}/u,
      /\p{Script=Thai}/u,
      /\p{Script=Arabic}/u,
    ]) {
      expect(sampleTexts.filter(({ text }) => script.test(text)).length).toBeGreaterThanOrEqual(6);
    }
  });

  it('all have an n-gram vector and nearly all an LSA vector', () => {
    expect(embedAll(ngrams)).toHaveLength(sampleTexts.length);
    expect(embedAll(lsa).length).toBeGreaterThan(0.97 * sampleTexts.length);
  });

  it('look different, and better than chance, to the two baselines', () => {
    const words = embedAll(lsa);
    const known = new Set(words.map(({ row }) => row));
    const byWords = neighboursOf(words, 10);
    const byLetters = neighboursOf(
      embedAll(ngrams).filter(({ row }) => known.has(row)),
      10,
    );
    let shared = 0;
    for (const [row, nearest] of byWords) {
      shared += nearest.filter((other) => byLetters.get(row)!.includes(other)).length / 10;
    }
    const overlap = shared / byWords.size;
    expect(overlap).toBeLessThan(0.8);
    expect(overlap).toBeGreaterThan(0.1);
    expect(labelAccuracy(byWords)).toBeGreaterThan(0.5);
    expect(labelAccuracy(byLetters)).toBeGreaterThan(0.5);
  });
});
