import type { ReactNode } from 'react';
import classes from './scroll-table.module.css';

interface Props {
  /** Names the table for screen readers. */
  readonly label: string;
  readonly heads: readonly ReactNode[];
  /** Class of the table itself. */
  readonly className?: string | undefined;
  /** Rows. */
  readonly children: ReactNode;
}

/** A table that scrolls within its own height, by the keyboard too, under heads that stay. */
export const ScrollTable = ({ label, heads, className, children }: Props) => (
  <div className={classes['scroll']} tabIndex={0} role="region" aria-label={label}>
    <table className={className}>
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th key={index} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);
