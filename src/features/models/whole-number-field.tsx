import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import classes from './models-panel.module.css';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: number | null;
  /** Null where the field is empty, `invalid` where it holds no whole number from 1 on. */
  onRead(value: number | null | 'invalid'): void;
  readonly problem: string;
}

function readWholeNumber(text: string): number | null | 'invalid' {
  if (text.trim() === '') return null;
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 1 ? value : 'invalid';
}

/** A whole number from 1 on, or nothing. */
export function WholeNumberField({ id, label, placeholder, value, onRead, problem }: Props) {
  const [isRefused, setRefused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // A number that comes from elsewhere takes the place of what is there.
    const field = input.current;
    if (field === null || readWholeNumber(field.value) === value || field.matches(':focus')) return;
    field.value = value === null ? '' : String(value);
    setRefused(false);
  }, [value]);
  return (
    <>
      <div className={classes.dimensions}>
        <label htmlFor={id}>{label}</label>
        <TextInput
          ref={input}
          id={id}
          type="number"
          min={1}
          step={1}
          size="xs"
          w={112}
          defaultValue={value ?? ''}
          placeholder={placeholder}
          error={isRefused}
          onChange={(event) => {
            const field = event.currentTarget;
            const read = field.validity.badInput ? 'invalid' : readWholeNumber(field.value);
            setRefused(read === 'invalid');
            onRead(read);
          }}
        />
      </div>
      {isRefused && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
