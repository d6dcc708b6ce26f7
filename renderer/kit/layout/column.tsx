import type { ReactNode } from 'react';
import classes from './column.module.css';

/** A screen that is read from top to bottom, `width` pixels wide at most. */
export const Column = ({ width, children }: { readonly width: number; readonly children: ReactNode }) => (
  <div className={classes['screen']}>
    <div className={classes['column']} style={{ maxWidth: width }}>
      {children}
    </div>
  </div>
);
