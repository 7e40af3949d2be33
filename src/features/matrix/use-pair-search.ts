import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { groupsOf } from '@/core/dataset/colour-column';
import type { DatasetColumn } from '@/core/dataset/dataset';
import { cosineAtShare, snapToBin } from '@/core/similarity/pair-histogram';
import type { RankedPairs } from '@/core/similarity/pair-scan';
import type { KeyedRows } from '@/queries/matrix-orders';
import { closePairsQuery, differingPairsQuery, type PairSide } from '@/queries/pairs';
import { pairHistogramQuery, spreadQuery } from '@/queries/spread';
import { pairScaleOf } from './colour-scale';
import type { MeasuredRun } from './drawn-pictures';
import { useMatrixRuns } from './use-matrix-runs';

/** Rows up to which all pairs are looked through unasked: some seconds. */
const unaskedRows = 20_000;
/** Pairs listed, about, where no cut-off is set. */
const listedWithoutCutoff = 300;

export interface PairSearch {
  readonly kind: 'alike' | 'different';
  readonly side: PairSide;
  /** Null until they are there. */
  readonly pairs: RankedPairs | null;
  /** How many there are in all; null where that is not counted. */
  readonly above: number | null;
  readonly aboveWithin: number | null;
  readonly shareWithin: number | null;
  /** Rows that the pairs join, where these are alike ones. */
  readonly sets: readonly Uint32Array[] | null;
  /** Cosine from which pairs are taken. */
  readonly least: number;
  readonly hasCutoff: boolean;
  readonly pairCount: number;
  readonly runId: string;
  readonly slot: number;
  /** `waiting`: there are so many pairs that they are looked through when asked. */
  readonly state: 'ready' | 'busy' | 'waiting' | 'failed';
  readonly failure: string;
  setKind(kind: 'alike' | 'different'): void;
  setSide(side: PairSide): void;
  start(): void;
}

/** Looks for the pairs of a run above its cut-off, or for those on which it differs most from the run beside it. */
export function usePairSearch(
  measured: MeasuredRun,
  rows: KeyedRows,
  cutoff: number | null,
  column: DatasetColumn | null,
): PairSearch {
  const { run } = measured;
  const { a, b, shows } = useMatrixRuns();
  const [chosenKind, setKind] = useState<PairSearch['kind'] | null>(null);
  // Beside a difference stand the pairs it is made of.
  const wantedKind = chosenKind ?? (shows === 'difference' ? 'different' : 'alike');
  const [side, setSide] = useState<PairSide>('any');
  const [asked, setAsked] = useState('');
  const other = a?.id === run.id ? b : a;
  const wantsSpread = other !== null && wantedKind === 'different';
  const ownSpread = useQuery({ ...spreadQuery(run), enabled: wantsSpread }).data;
  const otherSpread = useQuery({ ...spreadQuery(other ?? run), enabled: wantsSpread }).data;
  const histogram = useQuery(pairHistogramQuery(run)).data;
  // What is drawn may stand on a sample; what is listed is searched once, on the exact scale.
  const scale = ownSpread === undefined ? null : pairScaleOf(ownSpread);
  const otherScale = otherSpread === undefined ? null : pairScaleOf(otherSpread);
  const kind = other === null || pairScaleOf(measured) === null ? 'alike' : wantedKind;
  const groups = useMemo(
    () => (column === null ? null : { key: `column ${column.name}`, groupOf: groupsOf(column).groupOf }),
    [column],
  );
  const shared = useMemo(() => {
    if (kind === 'alike' || otherSpread === undefined) return rows;
    const inOther = new Set(otherSpread.members);
    return { key: `${rows.key} common`, rows: rows.rows.filter((row) => inOther.has(row)) };
  }, [kind, rows, otherSpread]);

  const found =
    histogram === undefined || histogram.pairs === 0
      ? null
      : cosineAtShare(histogram, 1 - Math.min(1, listedWithoutCutoff / pairsAmong(rows.rows.length)));
  const least = cutoff ?? (found === null ? null : snapToBin(found));
  const request = `${run.id} ${rows.key} ${least} ${side} ${kind}`;
  const isAllowed = rows.rows.length <= unaskedRows || asked === request;
  const alike = useQuery({
    ...closePairsQuery(run, { rows, groups, side }, least ?? 1),
    enabled: kind === 'alike' && least !== null && isAllowed,
  });
  const differing = useQuery({
    ...differingPairsQuery(
      { run, scale: scale ?? { mean: 0, sd: 1 } },
      { run: other ?? run, scale: otherScale ?? { mean: 0, sd: 1 } },
      { rows: shared, groups, side },
      0,
    ),
    enabled: kind === 'different' && scale !== null && otherScale !== null && isAllowed,
  });
  const query = kind === 'alike' ? alike : differing;
  const { data } = query;
  return {
    kind,
    side,
    pairs: data ?? null,
    above: kind === 'alike' ? (alike.data?.above ?? null) : null,
    aboveWithin: alike.data?.aboveWithin ?? null,
    shareWithin: alike.data?.shareWithin ?? null,
    sets: kind === 'alike' && side === 'any' ? (alike.data?.sets ?? null) : null,
    least: least ?? 1,
    hasCutoff: cutoff !== null,
    pairCount: pairsAmong(rows.rows.length),
    runId: run.id,
    slot: run.slot,
    state: stateOf(query, data !== undefined, isAllowed),
    failure: query.error?.message ?? 'It was stopped.',
    setKind,
    setSide,
    start: () => {
      setAsked(request);
      if (isAllowed) void query.refetch();
    },
  };
}

function pairsAmong(count: number): number {
  return Math.max(1, (count * (count - 1)) / 2);
}

function stateOf(
  query: { readonly isError: boolean; readonly isFetched: boolean; readonly fetchStatus: string },
  isThere: boolean,
  isAllowed: boolean,
): PairSearch['state'] {
  if (isThere) return 'ready';
  if (!isAllowed) return 'waiting';
  if (query.isError) return 'failed';
  return 'busy';
}
