import { Button, Popover, Select } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { commit, viewStore } from '@/state/view';
import { listParts } from './matrix-parts';
import classes from './part-menu.module.css';

/** Options shown at once; typing finds the others. */
const optionsShown = 100;

/** Which rows stand down and across: all, the selected ones, a set or a label. */
export function PartMenu({ dataset }: { dataset: Dataset }) {
  const rows = useStore(viewStore, ({ view }) => view.matrixRows);
  const columns = useStore(viewStore, ({ view }) => view.matrixColumns);
  const selected = useStore(viewStore, ({ view }) => view.selection.length);
  const parts = listParts(dataset, selected).map(({ value, label }) => ({ value, label }));
  if (parts.length < 2) return null;
  const labelOf = (value: string) => parts.find((part) => part.value === value)?.label ?? 'All rows';
  const face = columns === 'same' ? labelOf(rows) : `${labelOf(rows)} × ${labelOf(columns)}`;
  const shared = {
    searchable: true,
    allowDeselect: false,
    limit: optionsShown,
    comboboxProps: { withinPortal: false },
  };
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
        <Select
          {...shared}
          label="Down"
          data={parts}
          value={parts.some(({ value }) => value === rows) ? rows : 'all'}
          onChange={(value) => value !== null && commit({ matrixRows: value }, 'Change rows')}
        />
        <Select
          {...shared}
          label="Across"
          data={[{ value: 'same', label: 'The same rows' }, ...parts]}
          value={columns === 'same' || parts.some(({ value }) => value === columns) ? columns : 'same'}
          onChange={(value) => value !== null && commit({ matrixColumns: value }, 'Change columns')}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
