import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import type { ProjectionSettings } from '@/core/projection/projection';
import { mapQualityQuery } from '@/queries/map-quality';
import { describeQuality, describeSample } from './describe-quality';
import classes from './map-view.module.css';

interface Props {
  run: RunRecord;
  settings: ProjectionSettings;
  /** Whether what stands for the map is PCA, whatever was asked for. */
  isPca: boolean;
}

/** How far the finished map can be believed, in numbers taken from the original vectors. */
export function MapTrust({ run, settings, isPca }: Props) {
  const { data, error } = useQuery(mapQualityQuery(run, settings));
  if (error !== null)
    return (
      <span className={classes.trust}>How far to believe it could not be measured: {error.message}</span>
    );
  if (data === undefined) return <span className={classes.trust}>Measuring how far to believe it.</span>;
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
}
