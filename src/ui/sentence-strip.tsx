import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './sentence-strip.module.css';

interface Props {
  /** What is shown, in bold. */
  headline: string;
  text: string;
  /** Whether the picture below is still on its way. */
  isBusy: boolean;
  /** What stands at the end: a note, a button. */
  children?: ReactNode;
}

/** The line above a picture that says in words what it shows and how far it is. */
export function SentenceStrip({ headline, text, isBusy, children }: Props) {
  return (
    <div className={classes.strip} data-settings>
      {isBusy && <Loader size={12} aria-hidden="true" />}
      <span className={classes.words} title={`${headline} ${text}`}>
        <strong>{headline}</strong> {text}
      </span>
      {children}
    </div>
  );
}
