import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import classes from './neighbours.module.css';

interface Props {
  run: RunRecord;
  runs: readonly RunRecord[];
  /** Which column it is: "Column 1". */
  label: string;
  onChoose(id: string): void;
}

/** The run of a column; where there are more than two, a menu to take another. */
export function ColumnHead({ run, runs, label, onChoose }: Props) {
  const name = runName(run.spec);
  const title = (
    <h4 className={classes.runName} title={run.spec.model} data-chosen={runs.length > 2 || undefined}>
      <ModelMark slot={run.slot} />
      <span>{name}</span>
    </h4>
  );
  if (runs.length <= 2) return title;
  return (
    <>
      {title}
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            fullWidth
            justify="space-between"
            aria-label={`${label}: ${name}`}
            title={run.spec.model}
            leftSection={<ModelMark slot={run.slot} />}
            rightSection={<ChevronDown size={12} strokeWidth={1.5} />}
            classNames={{ label: classes.chosen }}
          >
            <span className={classes.chosenName}>{name}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={run.id} onChange={onChoose}>
            {runs.map((other) => (
              <Menu.RadioItem key={other.id} value={other.id} closeMenuOnClick>
                <span className={classes.option}>
                  <ModelMark slot={other.slot} />
                  {runName(other.spec)}
                </span>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
