import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Estimate } from '@/core/evaluation/bootstrap';
import { agreementQuery, type Comparison, type PairAgreement } from '@/queries/comparison';
import { type SpaceMeasure, spaceAgreementQuery } from '@/queries/whole-spaces';
import { pairKey } from './pair-key';

export interface SpaceAgreements {
  /** By pairKey; undefined while it is computed. */
  readonly ofPair: ReadonlyMap<string, Estimate>;
  /** Rows that were drawn where all are too many, null where all were used. */
  readonly sampledRows: number | null;
  readonly error: Error | null;
  retry(): void;
}

export interface Agreements {
  /** By pairKey; those that are computed. */
  readonly ofPair: ReadonlyMap<string, PairAgreement>;
  readonly pairCount: number;
  readonly error: Error | null;
  retry(): void;
}

/** How far the neighbours of every pair agree; they come one after the other. */
export function useAgreements(comparison: Comparison | null, k: number): Agreements {
  const pairs = useMemo(() => {
    const runs = comparison?.runs ?? [];
    return runs.flatMap((a, i) => runs.slice(i + 1).map((b) => [a, b] as const));
  }, [comparison]);
  const { found, failed } = useQueries({
    queries: comparison === null ? [] : pairs.map(([a, b]) => agreementQuery(comparison, a, b, k)),
    combine: (results) => ({
      found: results.map(({ data }) => data),
      failed: results.filter(({ error, isFetching }) => error !== null && !isFetching),
    }),
  });
  const ofPair = useMemo(() => {
    const known = new Map<string, PairAgreement>();
    found.forEach((agreement, i) => {
      const pair = pairs[i];
      if (agreement !== undefined && pair !== undefined) known.set(pairKey(...pair), agreement);
    });
    return known;
  }, [found, pairs]);
  return useMemo(
    () => ({
      ofPair,
      pairCount: pairs.length,
      error: failed[0]?.error ?? null,
      retry: () => {
        for (const { refetch } of failed) void refetch();
      },
    }),
    [ofPair, pairs, failed],
  );
}

/** How far the whole spaces of every pair agree, by one measure; nothing is computed for null. */
export function useSpaceAgreements(comparison: Comparison, measure: SpaceMeasure | null): SpaceAgreements {
  const { runs } = comparison;
  const pairs = runs.flatMap((a, i) => runs.slice(i + 1).map((b) => [a, b] as const));
  const results = useQueries({
    queries: measure === null ? [] : pairs.map(([a, b]) => spaceAgreementQuery(comparison, a, b, measure)),
  });
  const ofPair = new Map<string, Estimate>();
  let sampledRows: number | null = null;
  results.forEach(({ data }, i) => {
    if (data === undefined) return;
    ofPair.set(pairKey(...pairs[i]!), data);
    sampledRows = data.sampledRows;
  });
  const failed = results.filter(({ error, isFetching }) => error !== null && !isFetching);
  const retry = () => {
    for (const { refetch } of failed) void refetch();
  };
  return { ofPair, sampledRows, error: failed[0]?.error ?? null, retry };
}
