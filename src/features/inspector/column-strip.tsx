import { Tooltip } from '@mantine/core';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import classes from './neighbours.module.css';

interface Props {
  columns: readonly RunRecord[];
  inSight: ReadonlySet<string>;
  onShow(id: string): void;
}

/** The runs of all columns, those in sight marked: a click brings one there. */
export function ColumnStrip({ columns, inSight, onShow }: Props) {
  const count = columns.filter(({ id }) => inSight.has(id)).length;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset holds form fields
    <div role="group" aria-label="Columns" className={classes.strip} data-settings>
      {columns.map(({ id, slot, spec }) => {
        const isInSight = inSight.has(id);
        return (
          <Tooltip key={id} label={isInSight ? runName(spec) : `Show ${runName(spec)}`}>
            <button
              type="button"
              aria-label={`Show ${runName(spec)}`}
              data-in-sight={isInSight || undefined}
              onClick={() => onShow(id)}
            >
              <ModelMark slot={slot} />
            </button>
          </Tooltip>
        );
      })}
      <span className={classes.sight}>
        {count} of {columns.length} runs in sight
      </span>
    </div>
  );
}
