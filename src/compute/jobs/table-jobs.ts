import type { LaneHandlers } from '@/compute/job';
import { loadAsset } from '@/compute/jobs/load-asset';
import { appendSet, buildDataset } from '@/core/dataset/build-dataset';
import { parseTable } from '@/core/dataset/parse-table';
import sampleUrl from '@/core/dataset/sample.tsv?url';

const sampleName = 'Sample';

function parseSource(name: string, content: Uint8Array | string) {
  return typeof content === 'string'
    ? parseTable({ name, text: content, format: 'lines' })
    : parseTable({ name, bytes: content });
}

export const tableJobs: LaneHandlers<'table'> = {
  parseTable: ({ name, content }) => parseSource(name, content),

  buildDataset: ({ table, textColumn, labelColumn, appendTo }) => {
    const built = buildDataset(table, { textColumn, labelColumn, name: table.name });
    return appendTo === null ? built : appendSet(appendTo, built, built.name);
  },

  loadSample: async () => {
    const table = parseSource('sample.tsv', await loadAsset(sampleUrl));
    return buildDataset(table, {
      textColumn: table.guessedText,
      labelColumn: table.guessedLabel,
      name: sampleName,
    });
  },
};
