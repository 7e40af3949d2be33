import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './option-menu.module.css';

export interface MenuOption<Value extends string> {
  value: Value;
  label: string;
  /** Mark before the label; decoration. */
  mark?: ReactNode;
  /** Second, dimmed part of the line. */
  note?: string;
}

interface Props<Value extends string> {
  /** What is chosen: "Colour". */
  label: string;
  value: Value;
  options: readonly MenuOption<Value>[];
  onChange(value: Value): void;
}

/** One choice of several, shown as "Colour Topic" on a button that opens the list. */
export function OptionMenu<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          aria-label={`${label}: ${chosen?.label ?? 'none'}`}
          rightSection={<ChevronDown size={14} strokeWidth={1.5} />}
        >
          <span className={classes.face}>
            {chosen?.mark}
            <span className={classes.label}>{label}</span>
            <span className={classes.value}>{chosen?.label ?? 'none'}</span>
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown}>
        <Menu.RadioGroup value={value} onChange={(chosenValue) => onChange(chosenValue as Value)}>
          {options.map((option) => (
            <Menu.RadioItem key={option.value} value={option.value} closeMenuOnClick>
              <span className={classes.option}>
                {option.mark}
                {option.label}
              </span>
              {option.note !== undefined && <span className={classes.note}> {option.note}</span>}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
