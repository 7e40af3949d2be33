import { useStore } from 'zustand';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { commit, type View, viewStore } from '@/state/view';
import { type MenuOption, OptionMenu } from '@/ui/option-menu';
import { orderColumn } from './matrix-order';

/** Which run the matrix shows, in what order and on which scale. */
export function MatrixControls() {
  const dataset = useDataset();
  const runs = useRuns().filter(({ doneCount }) => doneCount > 0);
  const active = useActiveRun();
  const order = useStore(viewStore, ({ view }) => view.matrixOrder);
  if (dataset === null || active === null) return null;
  const column = orderColumn(dataset);
  const orders: MenuOption<View['matrixOrder']>[] = [
    { value: 'input', label: 'Input' },
    ...(column === null ? [] : [{ value: 'label', label: column.name } as const]),
  ];
  return (
    <>
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
      <OptionMenu
        label="Order"
        value={column === null ? 'input' : order}
        options={orders}
        onChange={(matrixOrder) => commit({ matrixOrder }, 'Change order')}
      />
    </>
  );
}
