import { Button } from '@mantine/core';
import { ListChecks } from 'lucide-react';
import { useStore } from 'zustand';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { useActiveRun, useRuns } from '@/queries/use-workspace';
import { commit, viewStore } from '@/state/view';
import { OptionMenu } from '@/ui/option-menu';

/** Whose numbers the table shows, and whether it lists the selection alone. */
export function TableControls() {
  const runs = useRuns().filter(({ doneCount }) => doneCount > 0);
  const active = useActiveRun();
  const isSelectedOnly = useStore(viewStore, ({ view }) => view.tableSelectedOnly);
  const count = useStore(viewStore, ({ view }) => view.selection.length);
  return (
    <>
      {active !== null && (
        <OptionMenu
          label="Run"
          value={active.id}
          options={runs.map((run) => ({
            value: run.id,
            label: runName(run.spec),
            mark: <ModelMark slot={run.slot} />,
          }))}
          onChange={(activeRun) => commit({ activeRun }, 'Change run')}
        />
      )}
      {(count > 0 || isSelectedOnly) && (
        <Button
          variant={isSelectedOnly ? 'light' : 'default'}
          aria-pressed={isSelectedOnly}
          leftSection={<ListChecks size={14} strokeWidth={1.5} />}
          onClick={() => commit({ tableSelectedOnly: !isSelectedOnly }, 'Show selected rows')}
        >
          Selected only
          <span className="tabular">&nbsp;{count.toLocaleString('en')}</span>
        </Button>
      )}
    </>
  );
}
