import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { X } from 'lucide-react';
import type { FormEvent } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import { forgetSelection, nextName, savedOf, saveSelection } from '@/state/saved-selections';
import { selectRows } from '@/state/selection';
import { viewStore } from '@/state/view';
import classes from './saved-menu.module.css';

/** Selections with names: keeps the present one, brings back and forgets others. Null where there is nothing to keep or bring back. */
export function SavedMenu({ datasetId }: { datasetId: string }) {
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const saved = savedOf(
    useStore(viewStore, ({ view }) => view.savedSelections),
    datasetId,
  );
  const [isOpen, { toggle, close }] = useDisclosure(false);
  if (selection.length === 0 && saved.length === 0) return null;
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    saveSelection({ datasetId, name: typed || nextName(saved), rows: selection });
    close();
  };
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => !open && close()}
      position="top"
      width={264}
      trapFocus
      withRoles
    >
      <Popover.Target>
        <Button variant="subtle" color="gray" onClick={toggle}>
          {saved.length === 0 ? 'Save' : `Saved ${saved.length}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved selections">
        {saved.length > 0 && (
          <ul className={classes.list} aria-label="Saved">
            {saved.map((one) => (
              <li key={one.name} className={classes.item}>
                <button
                  type="button"
                  className={classes.name}
                  onClick={() => {
                    selectRows(one.rows, 'replace', `Select “${one.name}”`);
                    close();
                  }}
                >
                  <span dir="auto">{one.name}</span>
                  <span className={classes.count}>{countOf(one.rows.length, 'row')}</span>
                </button>
                <ActionIcon size={24} aria-label={`Forget ${one.name}`} onClick={() => forgetSelection(one)}>
                  <X size={14} strokeWidth={1.5} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        {selection.length > 0 && (
          <form className={classes.form} onSubmit={save}>
            <TextInput
              name="name"
              label={`Name of the ${countOf(selection.length, 'selected row')}`}
              placeholder={nextName(saved)}
              maxLength={80}
              autoComplete="off"
              data-autofocus
            />
            <Button type="submit">Save</Button>
          </form>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
