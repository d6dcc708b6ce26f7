import type { ReactNode } from 'react';
import classes from './administration.module.css';

/** State of health. The colour adds nothing to the words. */
export type Tone = 'good' | 'waiting' | 'warn' | 'bad';

interface HealthLineProps {
  readonly tone: Tone;
  readonly text: string;
  /** Sentences that call for a person's action. */
  readonly notes?: readonly string[];
  /** Further words and buttons. */
  readonly children?: ReactNode;
}

/** A dot and a sentence; below it what calls for somebody and what else is known. */
export const HealthLine = ({ tone, text, notes = [], children }: HealthLineProps) => (
  <div className={classes['health']} data-tone={tone}>
    <i className={classes['dot']} aria-hidden />
    <span>{text}</span>
    {(notes.length > 0 || children !== undefined) && (
      <p>
        {notes.map((note) => (
          <mark key={note}>{note}</mark>
        ))}
        {children}
      </p>
    )}
  </div>
);
