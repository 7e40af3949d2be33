import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './message.module.css';

interface Props {
  title: string;
  children?: ReactNode;
  /** Said at once to screen readers. */
  isAlert?: boolean;
}

/** What stands where a result will be: one line of what, one of how, at most one button. */
export function Message({ title, children, isAlert = false }: Props) {
  return (
    <div className={classes.message} role={isAlert ? 'alert' : undefined}>
      {isAlert && <TriangleAlert size={20} strokeWidth={1.5} className={classes.alarm} aria-hidden="true" />}
      <p className={classes.title}>{title}</p>
      <div className={classes.body}>{children}</div>
    </div>
  );
}
