import { Button } from '@mantine/core';
import { useState, type MouseEvent, type ReactNode } from 'react';
import classes from '#renderer/kit/layout/directory.module.css';
import { useHoldOpen } from './hold-open.ts';
import type { JudgedForm } from './use-judged-form.ts';

/**
 * Leaves the focus in the field: the sentence under a field that is judged when it is left would move the
 * button away between the press and the release, and nothing would be saved.
 */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

interface Props<F, R> {
  readonly judged: JudgedForm<F, R>;
  readonly name: string;
  readonly save: (row: R, fields: F) => Promise<unknown>;
  readonly saveLabel: string;
  /** Other things to be done with the setting, beside the way to save it. */
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a setting's form: its drawer stays open over what was typed, and it is saved once. */
export function SettingForm<F, R>({ judged, name, save, saveLabel, acts, children }: Props<F, R>) {
  const { form, submitting } = judged;
  const [isSaving, setSaving] = useState(false);
  useHoldOpen(form.isDirty() ? 'typed' : null);
  const submit = submitting((row, fields) => {
    setSaving(true);
    return save(row, fields).finally(() => setSaving(false));
  });
  return (
    <form className={classes['form']} aria-label={name} noValidate onSubmit={submit}>
      {children}
      <div className={classes['buttons']}>
        <div className={classes['acts']}>{acts}</div>
        <Button type="submit" loading={isSaving} onMouseDown={keepFocus}>
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}
