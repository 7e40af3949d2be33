import { baselineModels } from '@/core/embedding/baseline/baseline-models';
import { shortModelName } from '@/core/embedding/model-name';
import type { RunSpec } from '@/core/embedding/run';

/** The name of a run on chips and headings; ids stay where exactness matters. */
export function runName({ provider, model, dimensions }: RunSpec): string {
  const baseline = baselineModels.find(({ id }) => id === model);
  if (provider === 'baseline' && baseline !== undefined) return baseline.name;
  return dimensions === null ? shortModelName(model) : `${shortModelName(model)} · ${dimensions}`;
}
