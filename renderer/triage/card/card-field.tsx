import type { ReactNode } from 'react';
import { KEY_MAP, type KeyAction } from '#renderer/kit/keys/keys.ts';
import classes from '#renderer/triage/fields/card.module.css';

interface FieldProps {
  readonly label: string;
  readonly hotkey: KeyAction;
  readonly isActive: boolean;
  readonly onActivate: () => void;
  readonly children: ReactNode;
}

/** A question of the card with its key; the digits answer the active one. */
export const CardField = ({ label, hotkey, isActive, onActivate, children }: FieldProps) => (
  <div className={classes['field']} data-active={isActive} role="group" aria-label={label}>
    <button type="button" className={classes['label']} onClick={onActivate} tabIndex={-1}>
      {label} <kbd>{KEY_MAP[hotkey].shown[0]}</kbd>
    </button>
    <div className={classes['options']}>{children}</div>
  </div>
);

interface OptionProps {
  readonly digit: string | null;
  readonly isChosen: boolean;
  readonly evidence?: string;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

/** A possible answer with what speaks for it. */
export const CardOption = ({ digit, isChosen, evidence = '', onChoose, children }: OptionProps) => (
  <button
    type="button"
    className={classes['option']}
    aria-pressed={isChosen}
    data-other={digit === '0'}
    onClick={onChoose}
  >
    {digit !== null && <kbd>{digit}</kbd>}
    <div className={classes['answer']}>
      <span>{children}</span>
      {evidence !== '' && <small>{evidence}</small>}
    </div>
  </button>
);
