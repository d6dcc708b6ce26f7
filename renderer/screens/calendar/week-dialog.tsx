import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import { judgeCalendar } from '#shared/domain/records/judge-calendar.ts';
import { withWeek } from '#shared/domain/production-days.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { FormModal } from '#renderer/kit/forms/form-modal.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import { WeekFields } from '#renderer/kit/hours/week-fields.tsx';
import { useRefusalWords } from '#renderer/kit/words/use-refusal-words.ts';
import classes from './calendar.module.css';

interface WeekProps {
  readonly calendar: WorkingCalendar;
  readonly onTake: (next: WorkingCalendar) => void;
  readonly onClose: () => void;
}

/** The hours of the week. Shortened and moved days of the country follow them. */
export function WeekDialog({ calendar, onTake, onClose }: WeekProps) {
  const { t } = useTranslation();
  return (
    <FormModal title={t('calendar.week.title')} size="xl" onClose={onClose}>
      {(leave) => <WeekForm calendar={calendar} onTake={onTake} onLeave={leave} />}
    </FormModal>
  );
}

interface FormProps extends Pick<WeekProps, 'calendar' | 'onTake'> {
  readonly onLeave: () => void;
}

function WeekForm({ calendar, onTake, onLeave }: FormProps) {
  const { t } = useTranslation();
  const wordsOf = useRefusalWords();
  const [week, setWeek] = useState(calendar.week);
  useHoldOpen(sameJson(week, calendar.week) ? null : 'typed');
  const next = withWeek(calendar, week);
  const refusal = judgeCalendar(next, calendar);
  return (
    <>
      <p className={classes['hint']}>{t('calendar.week.lead')}</p>
      <WeekFields week={week} onChange={setWeek} />
      {refusal !== null && (
        <p className={classes['bad']} role="alert">
          {wordsOf(refusal)}
        </p>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onLeave}>
          {t('common.cancel')}
        </Button>
        <Button disabled={refusal !== null} onClick={() => onTake(next)}>
          {t('calendar.week.take')}
        </Button>
      </Group>
    </>
  );
}
