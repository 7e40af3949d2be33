import { useQuery } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { pairHistogramQuery } from '@/queries/spread';
import classes from './cutoff-summary.module.css';
import { describePairsFrom } from './describe-cutoff';
import { formatCosine } from './format-number';

/** What counts as "same": the cut-off in words, with the pairs above it. */
export function CutoffSummary({ run, cutoff }: { run: RunRecord; cutoff: number | null }) {
  const histogram = useQuery(pairHistogramQuery(run)).data;
  return (
    <section className={classes.section} aria-label="What counts as same">
      <h2 className={classes.heading}>What counts as “same”</h2>
      <p className={classes.words}>
        {cutoff === null ? (
          'Drag the cut-off on the histogram: it counts the pairs at and above it.'
        ) : (
          <>
            At <strong>{formatCosine(cutoff)}</strong> and above:{' '}
            {histogram === undefined ? 'counting.' : <strong>{describePairsFrom(histogram, cutoff)}</strong>}
          </>
        )}
      </p>
    </section>
  );
}
