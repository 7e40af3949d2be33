import { ActionIcon, Tooltip } from '@mantine/core';
import { Maximize, Minus, Plus, Redo2, Undo2 } from 'lucide-react';
import classes from './view-tools.module.css';

interface Step {
  /** What the step did: "Change colour". */
  label: string;
  act(): void;
}

interface Props {
  /** Accessible name: "Map tools". */
  label: string;
  onZoomIn(): void;
  onZoomOut(): void;
  onFit(): void;
  /** Null where there is nothing to take back or to do again. */
  undo: Step | null;
  redo: Step | null;
}

/** The column of tools that floats at the right edge of a picture. */
export function ViewTools({ label, onZoomIn, onZoomOut, onFit, undo, redo }: Props) {
  const tools = [
    { name: 'Zoom in', Icon: Plus, act: onZoomIn },
    { name: 'Zoom out', Icon: Minus, act: onZoomOut },
    { name: 'Fit', Icon: Maximize, act: onFit },
    ...(undo === null ? [] : [{ name: `Undo: ${undo.label}`, Icon: Undo2, act: undo.act }]),
    ...(redo === null ? [] : [{ name: `Redo: ${redo.label}`, Icon: Redo2, act: redo.act }]),
  ];
  return (
    <div className={classes.tools} role="toolbar" aria-label={label} aria-orientation="vertical">
      {tools.map(({ name, Icon, act }) => (
        <Tooltip key={name} label={name} position="left">
          <ActionIcon aria-label={name} onClick={act}>
            <Icon size={16} strokeWidth={1.5} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}
