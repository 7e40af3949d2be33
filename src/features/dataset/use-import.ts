import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import { TableError } from '@/core/dataset/table';
import { computedForever } from '@/queries/query-client';
import { buildFromTable, joinPlaces, parseSource, type TableHead } from '@/queries/read-table';

/** Where new texts come from. Another source, or the same one again, has another id. */
export type ImportSource =
  | {
      readonly id: number;
      readonly kind: 'files';
      readonly name: string;
      readonly files: readonly File[];
    }
  | {
      readonly id: number;
      readonly kind: 'texts';
      readonly name: string;
      readonly text: string;
      readonly isAside: boolean;
    };

/** `join` takes a ready map for the data on the screen, and nothing else. */
export type ImportMode = 'replace' | 'append' | 'join';

export interface ColumnChoice {
  /** Null where rows go by their order: they then belong to the data on the screen. */
  readonly textColumn: number | null;
  readonly labelColumn: number | null;
  /** Columns with places on a map, across and up. */
  readonly coordinates: readonly [number, number] | null;
}

/** What the dialog shows of a source, from reading it to the dataset it makes. */
export interface Import {
  readonly table: TableHead | null;
  /** Null without a table, and for a session. */
  readonly choice: ColumnChoice | null;
  choose(choice: ColumnChoice): void;
  /** Whether the first row holds the column names; null where the question does not arise. */
  readonly hasHeader: boolean | null;
  /** Whether vectors or places join the data on the screen, which stay. */
  readonly joins: boolean;
  /** The data on the screen with the places of the source; null where it has none. */
  readonly joined: Dataset | null;
  /** Reads the source again, with its first row as names or as a row. */
  readWithHeader(hasHeader: boolean): void;
  /** The dataset of the table and choice; while the next one is being built, the last one of the same source. */
  readonly built: Dataset | null;
  readonly isReading: boolean;
  /** Whether `built` is what the source, the choice and the mode say now. */
  readonly isReady: boolean;
  readonly failure: Error | null;
}

let lastSource = 0;

export function filesSource(files: readonly File[]): ImportSource {
  const [first, ...rest] = files;
  const others = rest.length === 0 ? '' : ` and ${countOf(rest.length, 'other file')}`;
  const name = `${first?.name}${others}`;
  return { id: ++lastSource, kind: 'files', name, files };
}

/** Null where there is nothing but blanks. Texts `aside` are too long to be laid out in a field. */
export function textSource(text: string, isAside = false): ImportSource | null {
  return /\S/.test(text) ? { id: ++lastSource, kind: 'texts', name: 'Pasted texts', text, isAside } : null;
}

function readSource(
  source: ImportSource,
  header: boolean | undefined,
  signal: AbortSignal,
): Promise<TableHead> {
  const { name } = source;
  const read =
    source.kind === 'texts' ? { name, text: source.text, header } : { files: source.files, header };
  return parseSource(name, read, signal);
}

const readOnce = { ...computedForever, gcTime: 0, retryDelay: 0 } as const;

/** What comes without texts belongs to the data on the screen, row by row. */
function describeMisfit(table: TableHead, current: Dataset | null): TableError | null {
  if (current === null || table.rowCount === current.rowCount) return null;
  const what = table.vectors.length > 0 ? 'vector' : 'place';
  return new TableError(
    `It has ${countOf(table.rowCount, what)} and no texts, and the data on the screen has ${countOf(current.rowCount, 'row')}: which ${what} belongs to which text cannot be told. Choose it together with the file of its texts, or open those texts first.`,
  );
}

/**
 * Reads a source and builds its dataset in workers, anew whenever something it depends on changes. `current` is the dataset on
 * the screen.
 */
export function useImport(source: ImportSource | null, current: Dataset | null, mode: ImportMode): Import {
  const appendTo = mode === 'append' ? current : null;
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
    table === null || source === null || table.session !== null
      ? null
      : chosen?.reading === reading
        ? chosen
        : {
            textColumn: table.guessedText,
            labelColumn: table.guessedLabel,
            coordinates: table.guessedCoordinates,
          };
  const textColumn = choice?.textColumn ?? null;
  const places = choice?.coordinates ?? null;
  const joins = choice !== null && (textColumn === null || (mode === 'join' && places !== null));
  const built = useQuery({
    ...readOnce,
    queryKey: ['import', source?.id, header, 'built', textColumn, choice?.labelColumn, places, appendTo?.id],
    queryFn:
      table === null || choice === null || textColumn === null || joins || parsed.isPlaceholderData
        ? skipToken
        : ({ signal }) => {
            const { labelColumn, coordinates } = choice;
            return buildFromTable(table, { textColumn, labelColumn, coordinates }, appendTo, signal);
          },
    placeholderData: (last, lastQuery) => (lastQuery?.queryKey[1] === source?.id ? last : undefined),
  });
  const joined = useQuery({
    ...readOnce,
    queryKey: ['import', source?.id, header, 'joined', textColumn, places, current?.id],
    queryFn:
      table === null || !joins || places === null || current === null || parsed.isPlaceholderData
        ? skipToken
        : ({ signal }) => joinPlaces(table, { textColumn, coordinates: places }, current, signal),
  });
  const isSession = table !== null && table.session !== null;
  const misfit = joins && textColumn === null && table !== null ? describeMisfit(table, current) : null;
  const failure = source === null ? null : (parsed.error ?? misfit ?? (joins ? joined.error : built.error));
  const hasVectors = joins && textColumn === null && table !== null && table.vectors.length > 0;
  const isRead = failure === null && table !== null && !parsed.isPlaceholderData;
  return {
    table,
    joins,
    joined: (failure === null && joins && joined.data) || null,
    choice,
    choose: (next) => {
      setChosen({ ...next, reading });
    },
    hasHeader: source === null ? null : (header ?? table?.hasHeader ?? null),
    readWithHeader: (next) => {
      if (source !== null) setSaid({ source: source.id, header: next });
    },
    built: (failure === null && choice !== null && !joins && built.data) || null,
    isReading: parsed.isLoading || parsed.isPlaceholderData,
    isReady:
      isRead &&
      (isSession ||
        (joins
          ? current !== null && (places === null ? hasVectors : joined.isSuccess)
          : built.isSuccess && !built.isPlaceholderData)),
    failure,
  };
}
