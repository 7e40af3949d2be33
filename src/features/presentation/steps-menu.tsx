import { Button, Popover, Tooltip } from '@mantine/core';
import { Play, Plus, Presentation } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { chosenColourColumn } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { excerptOf } from '@/core/export/pack-report';
import { useComparedRuns } from '@/queries/use-compared-runs';
import { useActiveRun, useDataset } from '@/queries/use-workspace';
import { startPlaying } from '@/state/playing';
import { addStep, stepsOf } from '@/state/steps';
import { viewStore } from '@/state/view';
import { describeView } from './describe-view';
import { StepItem } from './step-item';
import classes from './steps-menu.module.css';

/** The top bar's button `Present`: the steps of a presentation, made from what is on the screen. */
export function StepsMenu() {
  const dataset = useDataset();
  const run = useActiveRun();
  const [isOpen, setOpen] = useState(false);
  if (dataset === null || run === null) return null;
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      // Tabs and controls stay free: the view is put right while the list is open.
      offset={46}
      width={400}
      trapFocus={false}
      closeOnClickOutside={false}
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<Presentation size={16} strokeWidth={1.5} />}
          classNames={{ section: classes.icon }}
          onClick={() => setOpen(!isOpen)}
        >
          <span className={classes.name}>Present</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Presentation">
        <Steps dataset={dataset} run={run} onPresent={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Steps({ dataset, run, onPresent }: { dataset: Dataset; run: RunRecord; onPresent(): void }) {
  const all = useStore(viewStore, ({ view }) => view.steps);
  const { runs: compared } = useComparedRuns();
  const steps = stepsOf(all, dataset.id);
  const add = () => {
    const { view } = viewStore.getState();
    addStep(
      describeView({
        view,
        rowCount: dataset.rowCount,
        run: runName(run.spec),
        compared: compared.length,
        colour: chosenColourColumn(dataset, view.colourBy)?.name ?? null,
        pinned: view.pinned === null ? null : excerptOf(textAt(dataset.texts, view.pinned)),
      }),
    );
  };
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>Presentation</h2>
        <Button variant="default" leftSection={<Plus size={14} strokeWidth={1.5} />} onClick={add}>
          Add step
        </Button>
        {steps.length > 0 && (
          <Tooltip label="→ next, ← back, Esc leaves">
            <Button
              variant="default"
              leftSection={<Play size={14} strokeWidth={1.5} />}
              onClick={() => {
                onPresent();
                startPlaying('presentation', steps);
              }}
            >
              Start
            </Button>
          </Tooltip>
        )}
      </div>
      {steps.length === 0 ? (
        <p className={classes.empty}>
          A step keeps what is on the screen, with a title and a sentence. Put the view as people should see
          it, then add it. Steps also go into the session and the report.
        </p>
      ) : (
        <ol className={classes.list} aria-label="Steps">
          {steps.map((step, i) => (
            <StepItem
              key={step.id}
              step={step}
              number={i + 1}
              isFirst={i === 0}
              isLast={i === steps.length - 1}
              onShow={() => {
                onPresent();
                startPlaying('presentation', steps, i);
              }}
            />
          ))}
        </ol>
      )}
    </>
  );
}
