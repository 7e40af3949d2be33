import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo, type ReactNode, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { describeResidual, explainAlignment } from '@/core/projection/describe-alignment';
import { describeTrust, explainTrust } from '@/core/projection/describe-trust';
import { layoutOfVectors } from '@/core/projection/projection';
import { ModelMark } from '@/gl/model-mark';
import { mapQualityQuery } from '@/queries/map-quality';
import { viewStore } from '@/state/view';
import { Message } from '@/ui/message';
import { describePane } from './describe-pane';
import type { MorphState } from './morph-state';
import classes from './pair-maps.module.css';
import type { AlignedMap } from './use-aligned-maps';

interface Props extends Pick<AlignedMap, 'run' | 'shown' | 'alignment'> {
  /** The run whose map it started from, null where it is the reference or started from its own components. */
  startRun: RunRecord | null;
  rowCount: number;
  /** What this map morphs to, null where it does not, and how far it is. */
  morphTo: RunRecord | null;
  morph: MorphState;
}

/** The heading above one map and, where it could not be drawn, why. */
export const PaneFrame = memo(function PaneFrame(props: Props) {
  const { run, shown, alignment, startRun, rowCount, morphTo, morph } = props;
  const { projection, isReady, isStopped, error, retry, stop } = shown;
  return (
    <div className={classes.pane}>
      <div className={classes.head}>
        <ModelMark slot={run.slot} />
        <h3 className={classes.name} title={run.spec.model}>
          {runName(run.spec)}
        </h3>
        {error === null && !isReady && (
          <span className={classes.note} title={projection?.remark ?? undefined}>
            {describePane({ projection, rowCount, isReady, isStopped })}
          </span>
        )}
        {isReady && <PaneTrust run={run} startRun={startRun} remark={projection?.remark ?? null} />}
        {!isReady && !isStopped && error === null && <Loader size={12} aria-hidden="true" />}
        {stop !== null && <PaneButton onClick={stop}>Stop and keep</PaneButton>}
        {isStopped && <PaneButton onClick={retry}>Draw again</PaneButton>}
        {morphTo !== null && <MorphNote run={morphTo} state={morph} />}
        {alignment !== null && isReady && (
          <span className={classes.residual} title={explainAlignment(alignment, startRun === null)}>
            {describeResidual(alignment)}
            {alignment.residual !== null && <span className={classes.longer}> after aligning</span>}
          </span>
        )}
      </div>
      {error !== null && (
        <div className={classes.failed}>
          <Message title="This map could not be drawn." isAlert>
            {error.message} The vectors are kept.
            <PaneButton onClick={retry}>Try again</PaneButton>
          </Message>
        </div>
      )}
    </div>
  );
});

/** How far to believe the map, beside PCA and chance. */
function PaneTrust({
  run,
  startRun,
  remark,
}: Pick<Props, 'startRun'> & { run: RunRecord; remark: string | null }) {
  const settings = layoutOfVectors(useStore(viewStore, ({ view }) => view.projection));
  const { data, error, isFetching, refetch } = useQuery(mapQualityQuery(run, settings, startRun));
  if (error !== null && !isFetching)
    return (
      <>
        <span className={classes.note} title={error.message}>
          Trust could not be measured: {error.message}
        </span>
        <PaneButton onClick={() => void refetch()}>Try again</PaneButton>
      </>
    );
  return (
    <span className={classes.note} title={[remark, data && explainTrust(data)].filter(Boolean).join(' ')}>
      {data === undefined ? 'Measuring how far to believe it' : describeTrust(data)}
    </span>
  );
}

/** Says where the points are on their way to another map. */
function MorphNote({ run, state }: { run: RunRecord; state: MorphState }) {
  const share = useSyncExternalStore(state.share.subscribe, state.share.get);
  return (
    <span className={classes.residual}>
      {share === 0
        ? 'reference'
        : share === 1
          ? `at ${runName(run.spec)}`
          : `${Math.round(share * 100)} % on the way to ${runName(run.spec)}`}
    </span>
  );
}

function PaneButton({ onClick, children }: { onClick(): void; children: ReactNode }) {
  return (
    <Button variant="default" size="xs" className={classes.button} onClick={onClick}>
      {children}
    </Button>
  );
}
