import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dayKindOf, DAY_NAME_LENGTH, type DayHours, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { anHourLess, asProduced, isOwnDay, usualHours, withDay } from '#shared/domain/production-days.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { dayOfDate, weekdayOf, type LocalDate } from '#shared/domain/time-zone.ts';
import { dateWords, hoursWords } from '#renderer/kit/hours/day-words.ts';
import { HoursFields } from '#renderer/kit/hours/hours-fields.tsx';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from './calendar.module.css';

interface EditorProps {
  readonly calendar: WorkingCalendar;
  readonly date: LocalDate;
  readonly onChange: (next: WorkingCalendar) => void;
  /** Says that the reason is missing. */
  readonly isUnnamed: boolean;
}

const CHOICES = ['week', 'off', 'work', 'short'] as const;
type Choice = (typeof CHOICES)[number];

/** One day: whether it is worked, from when to when, and why it differs. */
export function DayEditor({ calendar, date, onChange, isUnnamed }: EditorProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const day = dayOfDate(date) ?? 0;
  const own = calendar.days[date];
  const full = calendar.week[weekdayOf(day) - 1] ?? usualHours(calendar.week) ?? NINE_HOURS;
  const name = calendar.names?.[date] ?? '';
  const isOwn = isOwnDay(calendar, date);
  const put = (hours: DayHours | null): void => {
    const next = withDay(calendar, date, hours, name);
    onChange(isOwnDay(next, date) ? next : withDay(next, date, hours, ''));
  };
  const hoursOf: Readonly<Record<Choice, DayHours | null>> = {
    week: null,
    off: 'off',
    work: full,
    short: anHourLess(full),
  };
  const hours = own === undefined || own === 'off' ? null : own;
  return (
    <section className={classes['editor']} aria-label={t('calendar.day')}>
      <h2>{dateWords(language, date)}</h2>
      <p className={classes['hint']}>
        {t(`calendar.kind.${dayKindOf(calendar, day)}`)}
        {hours === null ? '' : `, ${hoursWords(hours)}`}
        {' · '}
        {t(
          isOwn
            ? 'calendar.source.own'
            : own === undefined
              ? 'calendar.source.week'
              : 'calendar.source.country',
        )}
      </p>
      <SegmentedControl
        fullWidth
        orientation="vertical"
        aria-label={t('calendar.choice.label')}
        value={choiceOf(own, full)}
        onChange={(choice: Choice) => put(hoursOf[choice])}
        data={CHOICES.map((choice) => ({ value: choice, label: t(`calendar.choice.${choice}`) }))}
      />
      {hours !== null && <HoursFields key={date} hours={hours} onChange={put} />}
      {isOwn && (
        <>
          <TextInput
            label={t('calendar.reason')}
            description={t('calendar.reasonHint')}
            maxLength={DAY_NAME_LENGTH}
            value={name}
            error={isUnnamed && t('calendar.unnamed')}
            onChange={(event) => onChange(withDay(calendar, date, own ?? null, event.currentTarget.value))}
          />
          <Button variant="default" onClick={() => onChange(asProduced(calendar, date))}>
            {t('calendar.asProduced')}
          </Button>
        </>
      )}
    </section>
  );
}

const NINE_HOURS = { from: '08:30', to: '17:30' } as const;

function choiceOf(own: DayHours | undefined, full: DayHours): Choice {
  if (own === undefined) return 'week';
  if (own === 'off') return 'off';
  return sameJson(own, full) ? 'work' : 'short';
}
