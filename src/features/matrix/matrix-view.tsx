import { Button, Loader } from '@mantine/core';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { isSettled } from '@/queries/neighbours';
import { useDataset, useRuns } from '@/queries/use-workspace';
import type { View } from '@/state/view';
import { Message } from '@/ui/message';
import { NoVectors } from '@/ui/no-vectors';
import { MatrixRegion } from './matrix-region';
import classes from './matrix-view.module.css';
import { RunMatrix } from './run-matrix';
import { useMatrixRuns } from './use-matrix-runs';
import { useSpread } from './use-spread';

/** The similarity matrix of the active run, alone or beside another. */
export function MatrixView() {
  const dataset = useDataset();
  const runs = useRuns();
  const { a, b, shows } = useMatrixRuns();
  if (dataset !== null && a !== null && isSettled(a))
    return <MeasuredMatrix dataset={dataset} a={a} b={shows === 'a' ? null : b} shows={shows} />;
  return (
    <MatrixRegion>
      <NoVectors runs={runs} picture="matrix" />
    </MatrixRegion>
  );
}

interface Props {
  dataset: Dataset;
  a: RunRecord;
  b: RunRecord | null;
  shows: View['matrixShows'];
}

function MeasuredMatrix({ dataset, a, b, shows }: Props) {
  const ofA = useSpread(a, true);
  const ofB = useSpread(b ?? a, b !== null);
  const error = ofA.error ?? ofB.error;
  if (ofA.spread !== undefined && (b === null || ofB.spread !== undefined)) {
    return (
      <RunMatrix
        dataset={dataset}
        a={{ run: a, spread: ofA.spread }}
        b={b === null || ofB.spread === undefined ? null : { run: b, spread: ofB.spread }}
        shows={shows}
      />
    );
  }
  return (
    <MatrixRegion>
      {error !== null ? (
        <Message title="The matrix could not be drawn." isAlert>
          {error.message} The vectors are kept.
          <Button
            variant="default"
            onClick={() => {
              ofA.retry();
              if (b !== null) ofB.retry();
            }}
          >
            Try again
          </Button>
        </Message>
      ) : (
        <Message title="Measuring the pairs">
          <span className={classes.busy}>
            <Loader size={12} aria-hidden="true" /> The mean and spread of all pairs set the colour scale.
          </span>
        </Message>
      )}
    </MatrixRegion>
  );
}
