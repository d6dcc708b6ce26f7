import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import { judgeCalendar } from '#shared/domain/records/judge-calendar.ts';
import { usualHours, withWeek } from '#shared/domain/production-days.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { useRefusalWords } from '#renderer/triage/acts/use-command.ts';
import classes from './calendar.module.css';
import { weekdayWords } from './day-words.ts';
import { HoursFields } from './hours-fields.tsx';

interface WeekProps {
  readonly calendar: WorkingCalendar;
  readonly onTake: (next: WorkingCalendar) => void;
  readonly onClose: () => void;
}

/** The hours of the week. Shortened and moved days of the country follow them. */
export function WeekDialog({ calendar, onTake, onClose }: WeekProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const wordsOf = useRefusalWords();
  const [week, setWeek] = useState(calendar.week);
  const next = withWeek(calendar, week);
  const refusal = judgeCalendar(next, calendar);
  const put = (at: number, hours: WorkingCalendar['week'][number]): void =>
    setWeek(week.map((one, index) => (index === at ? hours : one)));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('calendar.week.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className={classes['hint']}>{t('calendar.week.lead')}</p>
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
                <span className={classes['hint']}>{t('calendar.week.off')}</span>
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
      {refusal !== null && (
        <p className={classes['bad']} role="alert">
          {wordsOf(refusal)}
        </p>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button disabled={refusal !== null} onClick={() => onTake(next)}>
          {t('calendar.week.take')}
        </Button>
      </Group>
    </Modal>
  );
}

const NINE_HOURS = { from: '08:30', to: '17:30' } as const;
