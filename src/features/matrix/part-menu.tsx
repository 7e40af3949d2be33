import { Button, Popover, Select } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { commit, viewStore } from '@/state/view';
import { listParts, namePart } from './matrix-parts';
import classes from './part-menu.module.css';

/** Options shown at once; typing finds the others. */
const optionsShown = 100;

/** Which rows stand down and across: all, the selected ones, a set or a label. */
export function PartMenu({ dataset }: { dataset: Dataset }) {
  const rows = useStore(viewStore, ({ view }) => view.matrixRows);
  const columns = useStore(viewStore, ({ view }) => view.matrixColumns);
  const hasSelection = useStore(viewStore, ({ view }) => view.selection.length > 0);
  if (!hasSelection && dataset.columns.length === 0) return null;
  const nameOf = (part: string) => namePart(dataset, part, hasSelection);
  const face = columns === 'same' ? nameOf(rows) : `${nameOf(rows)} × ${nameOf(columns)}`;
  return (
    <Popover position="bottom-end" width={280} withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          aria-label={`Rows: ${face}`}
          rightSection={<ChevronDown size={14} strokeWidth={1.5} />}
        >
          <span className={classes.face}>
            <span className={classes.label}>Rows</span>
            <span className={classes.value}>{face}</span>
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <PartFields dataset={dataset} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Its list is as long as the columns have values, so it is made when it is opened. */
function PartFields({ dataset }: { dataset: Dataset }) {
  const rows = useStore(viewStore, ({ view }) => view.matrixRows);
  const columns = useStore(viewStore, ({ view }) => view.matrixColumns);
  const selected = useStore(viewStore, ({ view }) => view.selection.length);
  const { parts, isPart } = useMemo(() => {
    const listed = listParts(dataset, selected).map(({ value, label }) => ({ value, label }));
    const values = new Set(listed.map(({ value }) => value));
    return { parts: listed, isPart: (value: string) => values.has(value) };
  }, [dataset, selected]);
  const shared = {
    searchable: true,
    allowDeselect: false,
    limit: optionsShown,
    comboboxProps: { withinPortal: false },
  };
  return (
    <>
      <Select
        {...shared}
        label="Down"
        data={parts}
        value={isPart(rows) ? rows : 'all'}
        onChange={(value) => value !== null && commit({ matrixRows: value }, 'Change rows')}
      />
      <Select
        {...shared}
        label="Across"
        data={[{ value: 'same', label: 'The same rows' }, ...parts]}
        value={columns === 'same' || isPart(columns) ? columns : 'same'}
        onChange={(value) => value !== null && commit({ matrixColumns: value }, 'Change columns')}
      />
    </>
  );
}
