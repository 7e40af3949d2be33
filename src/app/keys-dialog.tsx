import { Modal } from '@mantine/core';
import { useStore } from 'zustand';
import { closeKeys, dialogStore } from '@/state/dialogs';
import classes from './keys-dialog.module.css';

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);
const mod = isApple ? '⌘' : 'Ctrl';

const groups: readonly { name: string; keys: readonly (readonly [readonly string[], string])[] }[] = [
  {
    name: 'Anywhere',
    keys: [
      [['/'], 'Search'],
      [[mod, 'K'], 'Commands: actions, runs, tabs, columns'],
      [['?'], 'This list'],
      [['Esc'], 'Take back one thing: search, second pin, pin, selection'],
      [[mod, 'V'], 'New data from the texts on the clipboard'],
      [[mod, 'Z'], 'Undo'],
      [[mod, 'Shift', 'Z'], 'Redo'],
    ],
  },
  {
    name: 'With a pinned row',
    keys: [
      [['↓'], 'Ring the next neighbour'],
      [['↑'], 'Ring the neighbour before'],
      [['→'], 'Pin the ringed neighbour'],
      [['←'], 'Back to the row before'],
    ],
  },
  {
    name: 'Table',
    keys: [
      [['↓'], 'Next row; with Shift, select on the way'],
      [['Home'], 'First row; End: last'],
      [['Enter'], 'Pin the row; with Shift, as second'],
      [['Space'], 'Select the row'],
      [[mod, 'A'], 'Select all rows shown'],
      [[mod, 'C'], 'Copy the selected rows, for a spreadsheet'],
    ],
  },
  {
    name: 'Map',
    keys: [
      [['↑', '↓', '←', '→'], 'Move; with a pinned row, hold Shift'],
      [['D'], 'Distance lens, as long as it is held'],
      [['V'], 'Drag moves; L: lasso, B: box'],
      [['+'], 'Zoom in; −: out'],
      [['0'], 'Show all'],
    ],
  },
  {
    name: 'Search',
    keys: [
      [['Enter'], 'By meaning, in the chosen runs'],
      [['↓'], 'Into the results'],
    ],
  },
  {
    name: 'Presentation',
    keys: [
      [['→'], 'Next step; ←: the one before'],
      [['Esc'], 'Leave'],
    ],
  },
  {
    name: 'With the mouse',
    keys: [
      [['Click'], 'Pin a row'],
      [['Shift', 'Drag'], 'Select an area of a map'],
      [['Shift', 'Click'], 'Pin a row as second'],
    ],
  },
];

/** The keys of the page. */
export function KeysDialog() {
  const isOpen = useStore(dialogStore, (dialogs) => dialogs.isKeysOpen);
  return (
    <Modal
      opened={isOpen}
      onClose={closeKeys}
      title="Keys"
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.groups}>
        {groups.map(({ name, keys }) => (
          <div key={name}>
            <h3 className={classes.name}>{name}</h3>
            <dl className={classes.keys}>
              {keys.map(([strokes, words]) => (
                <div key={words}>
                  <dt>
                    {strokes.map((stroke) => (
                      <kbd key={stroke}>{stroke}</kbd>
                    ))}
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </Modal>
  );
}
