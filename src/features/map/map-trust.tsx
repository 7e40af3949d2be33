import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import type { RunRecord } from '@/core/embedding/run';
import type { ProjectionSettings } from '@/core/projection/projection';
import { mapQualityQuery } from '@/queries/map-quality';
import { describeAwaited, describeQuality, describeSample } from './describe-quality';
import classes from './map-view.module.css';

interface Props {
  run: RunRecord;
  settings: ProjectionSettings;
  /** Whether what stands for the map is PCA, whatever was asked for. */
  isPca: boolean;
  /** Whether the map is finished. */
  isReady: boolean;
}

/**
 * How far the map can be believed, in numbers taken from the original vectors. Until there are any their places are kept: a map that
 * gave way to them would move under the pointer.
 */
export const MapTrust = memo(function MapTrust({ run, settings, isPca, isReady }: Props) {
  const { data, error } = useQuery({ ...mapQualityQuery(run, settings), enabled: isReady });
  if (error !== null)
    return (
      <span className={classes.trust}>How far to believe it could not be measured: {error.message}</span>
    );
  if (data === undefined)
    return (
      <span className={classes.trust}>
        {describeAwaited(isPca).map(({ name, value, beside }) => (
          <span key={name}>
            {name} {value} ({beside})
          </span>
        ))}
        {isReady && <span>Measuring.</span>}
      </span>
    );
  return (
    <span className={classes.trust} data-quality="measured">
      {describeQuality(data, isPca).map(({ name, value, beside, definition }) => (
        <Tooltip key={name} label={definition} multiline w={280}>
          <span>
            {name} <strong>{value}</strong> ({beside})
          </span>
        </Tooltip>
      ))}
      <span>{describeSample(data)}</span>
    </span>
  );
});
