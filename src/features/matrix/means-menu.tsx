import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import type { DatasetColumn } from '@/core/dataset/dataset';

/** Columns up to which each has a button of its own. */
const mostButtons = 2;

interface Props {
  columns: readonly DatasetColumn[];
  onChoose(column: DatasetColumn): void;
}

/** By which column means of groups are to be shown. */
export function MeansMenu({ columns, onChoose }: Props) {
  if (columns.length <= mostButtons)
    return columns.map((column) => (
      <Button key={column.name} variant="default" size="xs" onClick={() => onChoose(column)}>
        Means by {column.name}
      </Button>
    ));
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="xs" rightSection={<ChevronDown size={14} strokeWidth={1.5} />}>
          Means by
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map((column) => (
          <Menu.Item key={column.name} onClick={() => onChoose(column)}>
            {column.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
