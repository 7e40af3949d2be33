import type { ReactNode } from 'react';
import classes from './matrix-view.module.css';

interface Props {
  /** What is drawn, for whoever reads the page by its attributes. */
  drawn?: Readonly<Record<`data-${string}`, string>>;
  children: ReactNode;
}

export function MatrixRegion({ drawn, children }: Props) {
  return (
    <section aria-label="Matrix" className={classes.region} {...drawn}>
      {children}
    </section>
  );
}
