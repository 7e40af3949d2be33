import { countOf } from '@/core/count-of';
import type { Dataset, ImportNotes } from '@/core/dataset/dataset';
import type { TableFormat } from '@/core/dataset/table';

/** Bytes as people read them, in powers of 1,000: `240 kB`. */
export function describeSize(bytes: number): string {
  if (bytes < 1000) return countOf(bytes, 'byte');
  const [unit, size] = bytes < 999_500 ? ['kB', bytes / 1e3] : ['MB', bytes / 1e6];
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size).toLocaleString('en')} ${unit}`;
}

const formatNames: Readonly<Record<TableFormat, string>> = {
  lines: 'one text a line',
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
  jsonl: 'JSON lines',
  parquet: 'Parquet',
  npy: 'NumPy array',
  word2vec: 'word2vec',
  'raw float32': 'raw float32',
  session: 'session',
};

export function describeFormat(format: TableFormat): string {
  return formatNames[format];
}

/** What was left out, and that nothing else was: `1 blank row skipped, none cut`. */
export function describeSkipped({ blankSkipped }: ImportNotes): string {
  return blankSkipped === 0
    ? 'No row skipped, none cut'
    : `${countOf(blankSkipped, 'blank row')} skipped, none cut`;
}

/** What pasted texts come to where every line is blank; null where there is nothing at all, or something to read. */
export function describeOnlyBlank(text: string): string | null {
  if (text === '' || /\S/.test(text)) return null;
  const lines = text.split(/\r\n?|\n/);
  if (lines.at(-1) === '') lines.pop();
  return `Only blank lines: ${countOf(lines.length, 'blank row')} skipped, nothing is left.`;
}

/** Texts that occur again; null where there are none. */
export function describeDuplicates({ duplicates }: ImportNotes): string | null {
  return duplicates === 0 ? null : `${countOf(duplicates, 'exact duplicate')} kept`;
}

/**
 * The counts of data about to be used, as phrases: rows, what is skipped, duplicates. `base` is the dataset it is added
 * to, null where it replaces it.
 */
export function describeCounts(built: Dataset, base: Dataset | null): string[] {
  const rows = built.rowCount - (base?.rowCount ?? 0);
  const blank = built.notes.blankSkipped - (base?.notes.blankSkipped ?? 0);
  const { duplicates } = built.notes;
  const counted = duplicates === 0 ? 'no exact duplicates' : `${countOf(duplicates, 'exact duplicate')} kept`;
  return [
    countOf(rows, 'row'),
    blank === 0 ? 'no blank rows' : `${countOf(blank, 'blank row')} skipped`,
    base === null ? counted : `${counted}, counted over all sets`,
    ...(base === null
      ? []
      : [`${countOf(built.rowCount, 'row')} in ${countOf(built.sets.length, 'set')} together`]),
  ];
}

/** Sentences about how this source was read; with a base, those the base did not already carry. */
export function remarksOf(built: Dataset, base: Dataset | null): readonly string[] {
  const known = new Set(base?.notes.remarks);
  return built.notes.remarks.filter((remark) => !known.has(remark));
}

/** What a person reads when a source cannot be used: what is wrong and what to do. */
export interface ImportFailure {
  readonly headline: string;
  readonly text: string;
  /** The browser's own words, where they add something. */
  readonly detail: string | null;
}

/** Puts an error into words. Errors with code `bad-table` and TableErrors already speak to the person. */
export function describeFailure(error: Error, name: string): ImportFailure {
  const headline = `${name} cannot be used.`;
  const code = 'code' in error ? error.code : null;
  if (code === 'bad-table' || error.name === 'TableError')
    return { headline, text: error.message, detail: null };
  if (error.name === 'NotReadableError' || error.name === 'NotFoundError') {
    return {
      headline,
      text: 'The browser could not read the file: it was moved, changed or locked after it was chosen, or it is a folder. Choose it again.',
      detail: error.message,
    };
  }
  if (code === 'stalled') {
    return {
      headline,
      text: 'Nothing more of it could be read for two minutes, so reading was stopped. It is probably damaged: write it again, in smaller pieces if it is very large.',
      detail: null,
    };
  }
  if (code === 'not-loaded') return { headline, text: error.message, detail: null };
  if (code === 'crashed' || error instanceof RangeError) {
    return {
      headline,
      text: 'Reading it took more memory than the browser gives a page. Split it into smaller files and add them as sets.',
      detail: error.message,
    };
  }
  return {
    headline,
    text: 'Reading it failed. Try again, or save it as CSV in UTF-8.',
    detail: error.message,
  };
}
