import papa from 'papaparse';
import { buildDataset } from '@/core/dataset/build-dataset';
import { parseTable } from '@/core/dataset/parse-table';
import { type BenchmarkGroup, compareFigures, timeInTurns } from '../benchmark';
import { makeTexts } from '../make-texts';

const n = 50_000;

export const readCsv: BenchmarkGroup = {
  name: 'read-csv',
  about: 'a CSV file from bytes to a dataset: ours; papaparse, which it uses, to rows of cells alone',
  where: 'node',
  async *run({ rounds }) {
    const lines = makeTexts(n).map((text, row) => `${row},"${text}",topic ${row % 50}`);
    const bytes = new TextEncoder().encode(`id,text,topic\n${lines.join('\n')}`);
    const times = await timeInTurns(
      {
        ours: () =>
          buildDataset(parseTable({ name: 'rows.csv', bytes }), {
            textColumn: 1,
            labelColumn: 2,
            name: 'rows',
          }),
        papaparse: () => papa.parse(new TextDecoder().decode(bytes)),
      },
      { rounds },
    );
    const rate = (durationMs: number) => bytes.length / durationMs / 1e3;
    yield compareFigures({
      name: 'CSV to dataset',
      n,
      d: null,
      unit: 'MB/s',
      better: 'more',
      value: rate(times.ours),
      peer: { name: 'papaparse alone', value: rate(times.papaparse) },
    });
  },
};
