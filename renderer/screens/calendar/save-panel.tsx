import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import { MovedDeadlines } from '#renderer/kit/deadlines/moved-deadlines.tsx';
import { useMovedDeadlines } from '#renderer/kit/deadlines/use-moved-deadlines.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useRefusalWords } from '#renderer/kit/words/use-refusal-words.ts';
import { useSaveRecord } from '#renderer/triage/acts/use-save-record.ts';
import classes from './calendar.module.css';
import type { CalendarDraft } from './use-calendar-draft.ts';

interface PanelProps {
  readonly state: CalendarDraft;
  readonly refusal: Refusal | null;
  /** Own days without a reason. */
  readonly unnamed: readonly LocalDate[];
  readonly onShow: (date: LocalDate) => void;
}

/** Says what was changed and which deadlines it moves, and saves it. */
export function SavePanel({ state, refusal, unnamed, onShow }: PanelProps) {
  const { t } = useTranslation();
  const { saved, draft, forget } = state;
  const wordsOf = useRefusalWords();
  const moved = useMovedDeadlines(refusal === null ? { calendar: withoutNames(draft) } : null);
  const save = useSaveCalendar();
  const submit = async (): Promise<void> => {
    const [first] = unnamed;
    if (first !== undefined) onShow(first);
    else if (refusal === null && (await save(draft, saved))) forget();
  };
  const days = changedDays(draft, saved);
  return (
    <section className={classes['save']} aria-label={t('calendar.changes')}>
      <h2>{t('calendar.changes')}</h2>
      <p className={classes['hint']}>
        {[
          days === 0 ? '' : t('calendar.changedDays', { count: days }),
          sameJson(draft.week, saved.week) ? '' : t('calendar.changedWeek'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {refusal === null ? (
        <MovedDeadlines moved={moved} />
      ) : (
        <p className={classes['bad']} role="alert">
          {wordsOf(refusal)}
        </p>
      )}
      {unnamed.length > 0 && (
        <p className={classes['bad']}>{t('calendar.unnamedDays', { count: unnamed.length })}</p>
      )}
      <div className={classes['buttons']}>
        <Button disabled={refusal !== null} onClick={() => void submit()}>
          {t('calendar.save')}
        </Button>
        <Button variant="default" onClick={forget}>
          {t('calendar.forget')}
        </Button>
      </div>
    </section>
  );
}

/** Reasons move no deadline, so that typing one counts nothing anew. */
const withoutNames = ({ zone, week, days }: WorkingCalendar): WorkingCalendar => ({ zone, week, days });

const changedDays = (draft: WorkingCalendar, saved: WorkingCalendar): number =>
  [...new Set([...Object.keys(draft.days), ...Object.keys(saved.days)])].filter(
    (date) => !sameJson(draft.days[date] ?? null, saved.days[date] ?? null),
  ).length;

/** Saves the calendar and tells, with the way back. */
function useSaveCalendar(): (row: WorkingCalendar, seen: WorkingCalendar) => Promise<boolean> {
  const { t } = useTranslation();
  const save = useSaveRecord('calendar');
  return async (row, seen) => {
    if (!(await save(row, seen))) return false;
    tellDone(t('calendar.saved'), {
      label: t('common.undo'),
      run: () => void save(seen, row).then((isBack) => isBack && tellDone(t('calendar.asBefore'))),
    });
    return true;
  };
}
