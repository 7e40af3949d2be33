import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { lengthsOf } from '@/core/dataset/length-column';
import { packTexts, textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { formatHundredths } from '@/core/similarity/format-similarity';
import { clusterNamesOfRows, clustersQuery } from '@/queries/clusters';
import { numericColumnsQuery } from '@/queries/dataset-rows';
import { mapQualityQuery } from '@/queries/map-quality';
import { isSettled } from '@/queries/neighbours';
import { overlapQuery } from '@/queries/overlap';
import { similarityToRowQuery } from '@/queries/similarity-to-row';
import { useActiveRun, useRuns } from '@/queries/use-workspace';
import { viewStore } from '@/state/view';
import { rowsInOrder } from './rows-in-order';
import type { TableColumn } from './table-column';

/** Up to here rows are compared and grouped for their columns alone; beyond, where another view has done it. */
const mostComputedRows = 20_000;

/** The dataset's columns and, as they settle, those computed from its runs. */
export function useTableColumns(dataset: Dataset): readonly TableColumn[] {
  const numeric = useQuery(numericColumnsQuery(dataset)).data;
  const given = useMemo(() => givenColumns(dataset, numeric), [dataset, numeric]);
  const active = useActiveRun();
  const runs = useRuns();
  const settled = useMemo(() => runs.filter(isSettled), [runs]);
  const first = settled.find(({ id }) => id === active?.id) ?? null;
  const trust = useTrustColumn(first);
  const cluster = useClusterColumn(dataset, first);
  const shared = useSharedColumn(dataset, first, useSecondRun(settled, first));
  const similarities = useSimilarityColumns(dataset, settled);
  return useMemo(
    () => [...given, ...[cluster, trust, shared].filter((column) => column !== null), ...similarities],
    [given, cluster, trust, shared, similarities],
  );
}

function givenColumns(dataset: Dataset, numeric: ReadonlySet<string> | undefined): TableColumn[] {
  const { texts, columns, rowCount } = dataset;
  return [
    {
      key: 'row',
      name: 'Row',
      source: Float64Array.from(rowsInOrder(rowCount)),
      sourceKey: 'row',
      isNumeric: true,
      widthPx: 72,
      textAt: String,
    },
    {
      key: 'text',
      name: 'Text',
      source: 'text',
      sourceKey: 'text',
      isNumeric: false,
      widthPx: 260,
      textAt: (row) => textAt(texts, row),
    },
    ...columns.map(({ name, cells }, index): TableColumn => {
      const isNumeric = numeric?.has(name) ?? false;
      return {
        key: `column:${name}`,
        name,
        source: index,
        sourceKey: name,
        isNumeric,
        widthPx: isNumeric ? 96 : 144,
        textAt: (row) => textAt(cells, row),
      };
    }),
    {
      key: 'length',
      name: 'Length',
      note: 'characters',
      source: lengthsOf(texts),
      sourceKey: 'length',
      isNumeric: true,
      widthPx: 80,
      textAt: (row) => textAt(texts, row).length.toLocaleString('en'),
    },
  ];
}

/** The cluster of each row in the active run, by name. */
function useClusterColumn(dataset: Dataset, run: RunRecord | null): TableColumn | null {
  const resolution = useStore(viewStore, ({ view }) => view.clusterResolution);
  const given = useStore(viewStore, ({ view }) => view.clusterNames);
  const { data } = useQuery({
    ...(run === null ? noQuery : clustersQuery(run, resolution)),
    enabled: run !== null && dataset.rowCount <= mostComputedRows,
  } as ReturnType<typeof clustersQuery>);
  return useMemo(() => {
    if (run === null || data === undefined || data.count === 0) return null;
    const names = clusterNamesOfRows(data, given);
    return {
      key: 'cluster',
      name: 'Cluster',
      note: `group of ${runName(run.spec)} in the original vectors`,
      slot: run.slot,
      source: packTexts(names.map((name) => name ?? '')),
      sourceKey: `cluster ${run.id} ${run.doneCount} ${resolution} ${JSON.stringify(given)}`,
      isNumeric: false,
      widthPx: 160,
      textAt: (row) => names[row] ?? '',
    };
  }, [run, data, given, resolution]);
}

/** How far each row's place on the active run's map can be believed, once that was measured. */
function useTrustColumn(run: RunRecord | null): TableColumn | null {
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const { data } = useQuery({
    ...(run === null ? noQuery : mapQualityQuery(run, settings)),
    enabled: false,
  } as ReturnType<typeof mapQualityQuery> & { enabled: false });
  return useMemo(() => {
    if (run === null || data === undefined) return null;
    const values = Float64Array.from(data.trustOfRow);
    return {
      ...numberColumn('trust', 'Trust', values, `trust ${run.id} ${JSON.stringify(settings)}`),
      note: `trustworthiness of the place on the map, at ${data.k}`,
      slot: run.slot,
    };
  }, [run, data, settings]);
}

const noQuery = { queryKey: ['no run is read'] };

/** The run that the active one is compared with: that of Compare, else the first other one. */
function useSecondRun(settled: readonly RunRecord[], first: RunRecord | null): RunRecord | null {
  const compared = useStore(viewStore, ({ view }) => view.compared);
  const others = settled.filter(({ id }) => id !== first?.id);
  return others.find(({ id }) => compared.includes(id)) ?? others[0] ?? null;
}

function useSharedColumn(dataset: Dataset, a: RunRecord | null, b: RunRecord | null): TableColumn | null {
  const query = a === null || b === null ? noQuery : overlapQuery(dataset, a, b);
  const { data } = useQuery({
    ...query,
    enabled: a !== null && b !== null && dataset.rowCount <= mostComputedRows,
  } as ReturnType<typeof overlapQuery>);
  return useMemo(() => {
    if (a === null || b === null || data === undefined) return null;
    const values = new Float64Array(dataset.rowCount).fill(Number.NaN);
    data.rows.forEach((row, i) => {
      values[row] = Math.round(data.perRow[i]! * data.k);
    });
    return {
      ...numberColumn('shared', `Shared of ${data.k}`, values, `shared ${a.id} ${b.id} ${data.rows.length}`),
      note: `neighbours that ${runName(a.spec)} and ${runName(b.spec)} both have; rows with the text of an earlier row are left out`,
      textAt: (row: number) => (Number.isNaN(values[row]) ? '' : String(values[row])),
    };
  }, [a, b, data, dataset.rowCount]);
}

/** Cosine of each row with the pinned one, in every run. */
function useSimilarityColumns(dataset: Dataset, runs: readonly RunRecord[]): readonly TableColumn[] {
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const row = pinned !== null && pinned < dataset.rowCount ? pinned : null;
  return useQueries({
    queries: row === null ? [] : runs.map((run) => similarityToRowQuery(run, row)),
    combine: (results) =>
      results.flatMap(({ data }, i) => {
        const run = runs[i];
        if (data === undefined || run === undefined) return [];
        return {
          ...numberColumn(`similarity:${run.id}`, `Like ${row}`, data, `similarity ${run.id} ${row}`),
          note: `cosine with row ${row} in ${runName(run.spec)}`,
          slot: run.slot,
          startsHigh: true,
        };
      }),
  });
}

function numberColumn(key: string, name: string, values: Float64Array, sourceKey: string): TableColumn {
  return {
    key,
    name,
    source: values,
    sourceKey,
    isNumeric: true,
    widthPx: 88,
    textAt: (row) => {
      const value = values[row];
      return value === undefined || Number.isNaN(value) ? '' : formatHundredths(value);
    },
  };
}
