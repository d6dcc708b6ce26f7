import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkingHours } from '#shared/domain/working-hours.ts';
import classes from './hours.module.css';

interface HoursProps {
  readonly hours: WorkingHours;
  readonly onChange: (hours: WorkingHours) => void;
  /** Put before the name of each field, where there are several days. */
  readonly of?: string;
  readonly isHeaded?: boolean;
}

/** «8:30», «830», «08.30» as it is kept; null for what is no time. */
export function readTime(typed: string): string | null {
  if (/[^\d\s:.-]/.test(typed)) return null;
  const digits = typed.replaceAll(/\D/g, '');
  if (digits === '' || digits.length > 4) return null;
  const cut = digits.length <= 2 ? digits.length : digits.length - 2;
  const [hours, minutes] = [Number(digits.slice(0, cut)), Number(digits.slice(cut))];
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** Hours of a day with their break, which is none while its fields are empty. */
export function HoursFields({ hours, onChange, of, isHeaded = true }: HoursProps) {
  const { t } = useTranslation();
  const rest = hours.break ?? { from: '', to: '' };
  const [typed, setTyped] = useState(rest);
  const shown = hours.break === undefined ? typed : rest;
  const changeBreak = (next: { from: string; to: string }): void => {
    setTyped(next);
    const { break: _, ...without } = hours;
    onChange(next.from === '' || next.to === '' ? without : { ...without, break: next });
  };
  const field = (name: 'from' | 'to' | 'breakFrom' | 'breakTo') => ({
    label: isHeaded ? t(`calendar.hours.${name}`) : undefined,
    'aria-label': [of, t(`calendar.hours.${name}`)].filter(Boolean).join(': '),
  });
  return (
    <div className={classes['hours']}>
      <TimeInput {...field('from')} value={hours.from} onChange={(from) => onChange({ ...hours, from })} />
      <TimeInput {...field('to')} value={hours.to} onChange={(to) => onChange({ ...hours, to })} />
      <TimeInput
        {...field('breakFrom')}
        value={shown.from}
        isOptional
        onChange={(from) => changeBreak({ ...shown, from })}
      />
      <TimeInput
        {...field('breakTo')}
        value={shown.to}
        isOptional
        onChange={(to) => changeBreak({ ...shown, to })}
      />
    </div>
  );
}

interface TimeProps {
  readonly label: string | undefined;
  readonly 'aria-label': string;
  readonly value: string;
  readonly onChange: (time: string) => void;
  readonly isOptional?: boolean;
}

/** A time of day by the keyboard; written down when the field is left, as it was where it is none. */
function TimeInput({ value, onChange, isOptional = false, ...names }: TimeProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && readTime(typed) === null && !(isOptional && typed.trim() === '');
  const finish = (): void => {
    if (typed === null) return;
    const read = isOptional && typed.trim() === '' ? '' : readTime(typed);
    if (read === null) return;
    setTyped(null);
    if (read !== value) onChange(read);
  };
  return (
    <TextInput
      {...names}
      value={typed ?? value}
      placeholder="––:––"
      inputMode="numeric"
      maxLength={8}
      error={isWrong && t('calendar.hours.wrong')}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
      }}
    />
  );
}
