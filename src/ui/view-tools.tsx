import { ActionIcon, Tooltip } from '@mantine/core';
import { type LucideIcon, Maximize, Minus, Plus, Redo2, Undo2 } from 'lucide-react';
import { memo } from 'react';
import classes from './view-tools.module.css';

interface Step {
  /** What the step did: "Change colour". */
  label: string;
  act(): void;
}

/** A tool that is on or off: "Lasso". */
interface ViewMode {
  name: string;
  /** The tooltip: "Lasso (L)". */
  hint: string;
  Icon: LucideIcon;
  isOn: boolean;
  act(): void;
}

interface Props {
  /** Accessible name: "Map tools". */
  label: string;
  /** Tools that stay chosen, above the others. */
  modes?: readonly ViewMode[];
  onZoomIn(): void;
  onZoomOut(): void;
  onFit(): void;
  /** Null where there is nothing to take back or to do again. */
  undo: Step | null;
  redo: Step | null;
}

/** The column of tools that floats at the right edge of a picture. */
export const ViewTools = memo(function ViewTools({
  label,
  modes = [],
  onZoomIn,
  onZoomOut,
  onFit,
  undo,
  redo,
}: Props) {
  const tools = [
    { name: 'Zoom in', Icon: Plus, act: onZoomIn },
    { name: 'Zoom out', Icon: Minus, act: onZoomOut },
    { name: 'Fit', Icon: Maximize, act: onFit },
    ...(undo === null ? [] : [{ name: `Undo: ${undo.label}`, Icon: Undo2, act: undo.act }]),
    ...(redo === null ? [] : [{ name: `Redo: ${redo.label}`, Icon: Redo2, act: redo.act }]),
  ];
  return (
    <div className={classes.tools} role="toolbar" aria-label={label} aria-orientation="vertical">
      {modes.map(({ name, hint, Icon, isOn, act }) => (
        <Tooltip key={name} label={hint} position="left">
          <ActionIcon aria-label={name} aria-pressed={isOn} className={classes.mode} onClick={act}>
            <Icon size={16} strokeWidth={1.5} />
          </ActionIcon>
        </Tooltip>
      ))}
      {modes.length > 0 && <hr className={classes.divider} />}
      {tools.map(({ name, Icon, act }) => (
        <Tooltip key={name} label={name} position="left">
          <ActionIcon aria-label={name} onClick={act}>
            <Icon size={16} strokeWidth={1.5} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
});
