import { Button, Menu } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { ChevronDown } from 'lucide-react';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { useRuns } from '@/queries/use-workspace';
import { commit, viewStore } from '@/state/view';
import { percentSettled, stateTone, stateWords } from './describe-run';
import classes from './run-chips.module.css';
import { SettledBar } from './settled-bar';

/** Widths are parts of a pixel; what fits but for these fits. */
const roundingPx = 0.5;

/** The runs in the top bar, one of them shown; folded into one menu where they do not fit. */
export function RunChips() {
  const runs = useRuns();
  const activeRun = useStore(viewStore, ({ view }) => view.activeRun);
  const { ref, width } = useElementSize<HTMLDivElement>();
  // Observed rather than asked for: the answer to a question would have to wait for the whole page to be laid out.
  const { ref: unfolded, width: needed } = useElementSize<HTMLDivElement>();
  const isFolded = width > 0 && needed > width + roundingPx;
  return (
    <div ref={ref} className={classes.frame}>
      <div className={classes.gauge} aria-hidden="true">
        <div ref={unfolded} className={classes.unfolded}>
          {runs.map((run) => (
            <span key={run.id} className={classes.chip}>
              <ChipFace run={run} />
            </span>
          ))}
        </div>
      </div>
      {isFolded ? (
        <ChipMenu runs={runs} activeRun={activeRun} />
      ) : (
        runs.map((run) => (
          <button
            key={run.id}
            type="button"
            className={classes.chip}
            aria-pressed={run.id === activeRun}
            disabled={run.doneCount === 0}
            title={run.spec.model}
            onClick={() => commit({ activeRun: run.id })}
          >
            <ChipFace run={run} />
          </button>
        ))
      )}
    </div>
  );
}

function ChipFace({ run }: { run: RunRecord }) {
  const words = stateWords(run);
  return (
    <>
      <ModelMark slot={run.slot} hollow={run.doneCount === 0} />
      <span className={classes.name}>{runName(run.spec)}</span>
      {run.status === 'running' && (
        <>
          <span className={classes.bar}>
            <SettledBar run={run} />
          </span>
          <span className={classes.percent}>
            <span className="unseen">running </span>
            {percentSettled(run)} %
          </span>
          {run.failures.length > 0 && (
            <span className={classes.state} data-tone="error">
              {run.failures.length} failed
            </span>
          )}
        </>
      )}
      {run.status !== 'running' && words !== 'done' && (
        <span className={classes.state} data-tone={stateTone(run)}>
          {words}
        </span>
      )}
    </>
  );
}

function ChipMenu({ runs, activeRun }: { runs: readonly RunRecord[]; activeRun: string | null }) {
  const active = runs.find(({ id }) => id === activeRun);
  return (
    <Menu position="bottom-start" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={active === undefined ? null : <ModelMark slot={active.slot} />}
          rightSection={<ChevronDown size={14} strokeWidth={1.5} />}
        >
          {runs.length} {runs.length === 1 ? 'model' : 'models'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {runs.map((run) => (
          <Menu.RadioItem
            key={run.id}
            value={run.id}
            checked={run.id === activeRun}
            disabled={run.doneCount === 0}
            onChange={(id) => commit({ activeRun: id })}
          >
            <span className={classes.face}>
              <ChipFace run={run} />
            </span>
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
