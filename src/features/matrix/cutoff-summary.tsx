import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { formatHundredths } from '@/core/similarity/format-similarity';
import { pairHistogramQuery } from '@/queries/spread';
import { CutoffFinder } from './cutoff-finder';
import classes from './cutoff-summary.module.css';
import { describePairsFrom, describeWithin } from './describe-cutoff';
import type { PairSearch } from './use-pair-search';

interface Props {
  dataset: Dataset;
  run: RunRecord;
  cutoff: number | null;
  /** Whether the histogram on which it is dragged is there. */
  hasHistogram: boolean;
  search: PairSearch;
  /** What pairs of one kind go by. */
  column: DatasetColumn | null;
}

/** What counts as "same": the cut-off in words, with the pairs above it, and the way to find a better one. */
export function CutoffSummary({ dataset, run, cutoff, hasHistogram, search, column }: Props) {
  const histogram = useQuery(pairHistogramQuery(run)).data;
  const [isOpen, setOpen] = useState(false);
  const isCounted = search.kind === 'alike' && search.side === 'any' && search.hasCutoff;
  return (
    <section className={classes.section} aria-label="What counts as same">
      <h2 className={classes.heading}>What counts as “same”</h2>
      <p className={classes.words}>
        {cutoff === null ? (
          hasHistogram ? (
            'Drag the cut-off on the histogram: it counts the pairs at and above it.'
          ) : (
            'No cut-off is set. Show A or B alone, and it is dragged on their histogram.'
          )
        ) : (
          <>
            At <strong>{formatHundredths(cutoff)}</strong> and above:{' '}
            {histogram === undefined ? (
              'counting.'
            ) : (
              <strong>{describePairsFrom(histogram, cutoff, isCounted ? search.above : null)}</strong>
            )}{' '}
            {isCounted && column !== null && describeWithin(search, column.name)}
          </>
        )}
      </p>
      <Button variant="default" size="xs" className={classes.find} onClick={() => setOpen(true)}>
        Find best cut-off
      </Button>
      {isOpen && <CutoffFinder dataset={dataset} onClose={() => setOpen(false)} />}
    </section>
  );
}
