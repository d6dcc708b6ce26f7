import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import { usualHours } from '#shared/domain/production-days.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { weekdayWords } from './day-words.ts';
import { HoursFields } from './hours-fields.tsx';
import classes from './hours.module.css';

type Week = WorkingCalendar['week'];

interface Props {
  readonly week: Week;
  readonly onChange: (week: Week) => void;
}

const NINE_HOURS = { from: '08:30', to: '17:30' } as const;

/** The hours of each day of a week, Monday … Sunday. */
export function WeekFields({ week, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const put = (at: number, hours: Week[number]): void =>
    onChange(week.map((one, index) => (index === at ? hours : one)));
  return (
    <>
      <div className={classes['weekHead']} aria-hidden>
        {(['from', 'to', 'breakFrom', 'breakTo'] as const).map((name) => (
          <span key={name}>{t(`calendar.hours.${name}`)}</span>
        ))}
      </div>
      <ul className={classes['week']}>
        {week.map((hours, weekday) => {
          const name = weekdayWords(language, weekday, 'long');
          return (
            <li key={weekday}>
              <Checkbox
                label={name}
                checked={hours !== null}
                onChange={(event) =>
                  put(weekday, event.currentTarget.checked ? (usualHours(week) ?? NINE_HOURS) : null)
                }
              />
              {hours === null ? (
                <span className={classes['off']}>{t('calendar.week.off')}</span>
              ) : (
                <HoursFields
                  hours={hours}
                  of={name}
                  isHeaded={false}
                  onChange={(changed) => put(weekday, changed)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
