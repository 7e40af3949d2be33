import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import { TableError } from '@/core/dataset/table';
import { buildFromTable, parseFile, parseSource, type TableHead } from '@/queries/datasets';
import { computedForever } from '@/queries/query-client';

/** Where new texts come from. Another source, or the same one again, has another id. */
export type ImportSource =
  | { readonly id: number; readonly kind: 'file'; readonly name: string; readonly file: File }
  | {
      readonly id: number;
      readonly kind: 'texts';
      readonly name: string;
      readonly text: string;
      readonly isAside: boolean;
    };

export type ImportMode = 'replace' | 'append';

export interface ColumnChoice {
  readonly textColumn: number;
  readonly labelColumn: number | null;
}

/** What the dialog shows of a source, from reading it to the dataset it makes. */
export interface Import {
  readonly table: TableHead | null;
  readonly choice: ColumnChoice | null;
  choose(choice: ColumnChoice): void;
  /** Whether the first row holds the column names; null where the question does not arise. */
  readonly hasHeader: boolean | null;
  /** Reads the source again, with its first row as names or as a row. */
  readWithHeader(hasHeader: boolean): void;
  /** The dataset of the table and choice; while the next one is being built, the last one of the same source. */
  readonly built: Dataset | null;
  readonly isReading: boolean;
  /** Whether `built` is what the source, the choice and the mode say now. */
  readonly isReady: boolean;
  readonly failure: Error | null;
}

const mostMegabytes = 512;
let lastSource = 0;

export function fileSource(file: File): ImportSource {
  return { id: ++lastSource, kind: 'file', name: file.name, file };
}

/** Null where there is nothing but blanks. Texts `aside` are too long to be laid out in a field. */
export function textSource(text: string, isAside = false): ImportSource | null {
  return /\S/.test(text) ? { id: ++lastSource, kind: 'texts', name: 'Pasted texts', text, isAside } : null;
}

async function readSource(
  source: ImportSource,
  header: boolean | undefined,
  signal: AbortSignal,
): Promise<TableHead> {
  if (source.kind === 'texts') return parseSource({ name: source.name, content: source.text }, signal);
  if (source.file.size > mostMegabytes * 1e6) {
    const size = countOf(Math.ceil(source.file.size / 1e6), 'MB', 'MB');
    throw new TableError(
      `It has ${size}; up to ${mostMegabytes} MB can be read at once. Split it into smaller files and add them as sets.`,
    );
  }
  if (header === undefined) return parseFile(source.file, signal);
  const content = new Uint8Array(await source.file.arrayBuffer());
  return parseSource({ name: source.name, content, header }, signal);
}

const readOnce = { ...computedForever, gcTime: 0, retryDelay: 0 } as const;

/** Reads a source and builds its dataset in workers, anew whenever something it depends on changes. */
export function useImport(source: ImportSource | null, appendTo: Dataset | null): Import {
  const [said, setSaid] = useState<{ readonly source: number; readonly header: boolean } | null>(null);
  const header = said !== null && said.source === source?.id ? said.header : undefined;
  const reading = `${source?.id} ${header}`;
  const [chosen, setChosen] = useState<(ColumnChoice & { readonly reading: string }) | null>(null);
  const parsed = useQuery({
    ...readOnce,
    queryKey: ['import', source?.id, header],
    queryFn: source === null ? skipToken : ({ signal }) => readSource(source, header, signal),
    placeholderData: (last, lastQuery) => (lastQuery?.queryKey[1] === source?.id ? last : undefined),
  });
  const table = (source !== null && parsed.data) || null;
  const choice: ColumnChoice | null =
    table === null || source === null
      ? null
      : chosen?.reading === reading
        ? chosen
        : { textColumn: table.guessedText, labelColumn: table.guessedLabel };
  const built = useQuery({
    ...readOnce,
    queryKey: ['import', source?.id, header, 'built', choice?.textColumn, choice?.labelColumn, appendTo?.id],
    queryFn:
      table === null || choice === null || parsed.isPlaceholderData
        ? skipToken
        : ({ signal }) => {
            const { textColumn, labelColumn } = choice;
            return buildFromTable(table, { textColumn, labelColumn }, appendTo, signal);
          },
    placeholderData: (last, lastQuery) => (lastQuery?.queryKey[1] === source?.id ? last : undefined),
  });
  const failure = source === null ? null : (parsed.error ?? built.error);
  return {
    table,
    choice,
    choose: (next) => {
      setChosen({ ...next, reading });
    },
    hasHeader: source === null ? null : (header ?? table?.hasHeader ?? null),
    readWithHeader: (next) => {
      if (source !== null) setSaid({ source: source.id, header: next });
    },
    built: (failure === null && table !== null && built.data) || null,
    isReading: parsed.isLoading || parsed.isPlaceholderData,
    isReady:
      failure === null &&
      table !== null &&
      built.isSuccess &&
      !parsed.isPlaceholderData &&
      !built.isPlaceholderData,
    failure,
  };
}
