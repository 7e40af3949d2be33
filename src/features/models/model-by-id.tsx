import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { addModelByHand } from '@/state/provider-choice';
import classes from './models-panel.module.css';

/** Adds and chooses a model that is typed, for when the catalog does not list it or cannot be had. */
export function ModelById() {
  const field = useRef<HTMLInputElement>(null);

  function add() {
    const id = field.current?.value.trim() ?? '';
    if (field.current === null || id === '') return field.current?.focus();
    addModelByHand(id);
    field.current.value = '';
  }

  return (
    <div className={classes.pair}>
      <TextInput
        ref={field}
        className={classes.grow}
        aria-label="Model id"
        placeholder="Model id: organisation/name"
        autoComplete="off"
        spellCheck={false}
        onKeyDown={(event) => {
          if (event.key === 'Enter') add();
        }}
      />
      <Button variant="default" size="md" onClick={add}>
        Add
      </Button>
    </div>
  );
}
