import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './failure.module.css';

interface Props {
  /** What is missing, as a short sentence. */
  what: string;
  /** Why, and what is kept. */
  children: ReactNode;
  /** Asks again; without it the text says what to do. */
  onRetry?(): void;
}

/** Says in the place of a result why it is not there. */
export function Failure({ what, children, onRetry }: Props) {
  return (
    <div className={classes.failure} role="alert">
      <TriangleAlert size={14} strokeWidth={1.5} className={classes.icon} aria-hidden="true" />
      <p className={classes.words}>
        <strong>{what}</strong> {children}
      </p>
      {onRetry !== undefined && (
        <button type="button" className={classes.again} onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
