import { SegmentedControl, Tooltip } from '@mantine/core';
import { useStore } from 'zustand';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { useDataset } from '@/queries/use-workspace';
import { commit, type View, viewStore } from '@/state/view';
import { type MenuOption, OptionMenu } from '@/ui/option-menu';
import classes from './matrix-controls.module.css';
import { orderByColumn, orderNames, readOrder } from './matrix-order';
import { PartMenu } from './part-menu';
import { useMatrixRuns } from './use-matrix-runs';

/** Which of two runs the matrix shows, in what order, and which rows. */
export function MatrixControls() {
  const dataset = useDataset();
  const { a, b, others, shows } = useMatrixRuns();
  const choice = useStore(viewStore, ({ view }) => view.matrixOrder);
  if (dataset === null || a === null) return null;
  const order = readOrder(dataset, choice);
  const orders: MenuOption<string>[] = [
    ...Object.entries(orderNames).map(([value, label]) => ({ value, label })),
    ...dataset.columns.map(({ name }) => ({ value: orderByColumn(name), label: name, note: 'column' })),
  ];
  return (
    <>
      {b !== null && (
        <>
          <SegmentedControl
            aria-label="Shown"
            size="xs"
            value={shows}
            data={[
              { value: 'a', label: <Face name={`A is ${runName(a.spec)}`} slot={a.slot} text="A" /> },
              { value: 'b', label: <Face name={`B is ${runName(b.spec)}`} slot={b.slot} text="B" /> },
              { value: 'difference', label: <Face name="The difference, in z" text="A − B" /> },
              { value: 'halves', label: <Face name="A above the diagonal, B below" text="A\B" /> },
              { value: 'sides', label: <Face name="Side by side, moving together" text="All" /> },
            ]}
            onChange={(value) =>
              commit({ matrixShows: value as View['matrixShows'] }, 'Change what is shown')
            }
          />
          {others.length > 1 && (
            <OptionMenu
              label="B"
              value={b.id}
              options={others.map((run) => ({
                value: run.id,
                label: runName(run.spec),
                mark: <ModelMark slot={run.slot} />,
              }))}
              onChange={(matrixSecond) => commit({ matrixSecond }, 'Change run B')}
            />
          )}
        </>
      )}
      <OptionMenu
        label="Order"
        value={typeof order === 'string' ? order : orderByColumn(order.name)}
        options={orders}
        onChange={(matrixOrder) => commit({ matrixOrder }, 'Change order')}
      />
      <PartMenu dataset={dataset} />
    </>
  );
}

function Face({ name, slot, text }: { name: string; slot?: number; text: string }) {
  return (
    <Tooltip label={name}>
      <span className={classes.face}>
        {slot !== undefined && <ModelMark slot={slot} />}
        {text}
      </span>
    </Tooltip>
  );
}
