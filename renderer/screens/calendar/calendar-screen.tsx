import { ActionIcon, Alert, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconClockHour4 } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { CALENDAR_YEARS } from '#shared/domain/calendar.ts';
import { judgeCalendar } from '#shared/domain/records/judge-calendar.ts';
import { dateOfDay, localDayAt, type LocalDate } from '#shared/domain/time-zone.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { DeadlineTabs } from '#renderer/kit/deadlines/deadline-tabs.tsx';
import { Administration, Head } from '#renderer/kit/layout/administration.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { TableMenu } from '#renderer/triage/settings-load/table-menu.tsx';
import classes from './calendar.module.css';
import { DayEditor } from './day-editor.tsx';
import { CalendarLoadMoves } from './load-moves.tsx';
import { SavePanel } from './save-panel.tsx';
import { unnamedDays } from './unnamed-days.ts';
import { useCalendarDraft, type CalendarDraft } from './use-calendar-draft.ts';
import { WeekDialog } from './week-dialog.tsx';
import { YearGrid } from './year-grid.tsx';
import { YearNotice } from './year-notice.tsx';

/** The working calendar of the region. Address: `/calendar`, `/calendar/2027`. */
export function CalendarScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('calendar.title')}
      documentTitle={t('calendar.documentTitle')}
      mayNot={t('calendar.mayNot')}
      width={1320}
    >
      <Calendar />
    </Administration>
  );
}

/** The year of an address, among those that are counted; that of today where it names none. */
function yearAt(named: string | undefined, today: LocalDate): number {
  const year = /^\d{4}$/.test(named ?? '') ? Number(named) : Number(today.slice(0, 4));
  return Math.min(CALENDAR_YEARS.to, Math.max(CALENDAR_YEARS.from, year));
}

function useDays() {
  const [, goTo] = useLocation();
  const { year: named } = useParams<{ year?: string }>();
  const { zone } = useReference();
  const today = dateOfDay(localDayAt(zone, useNow()));
  const year = yearAt(named, today);
  const [chosen, setChosen] = useState<LocalDate>(today);
  const current = chosen.startsWith(`${year}-`) ? chosen : `${year}-01-01`;
  const move = (date: LocalDate): void => {
    setChosen(date);
    if (!date.startsWith(`${year}-`)) goTo(`/calendar/${date.slice(0, 4)}`);
  };
  return { today, year, current, move };
}

function Calendar() {
  const { t } = useTranslation();
  const days = useDays();
  const { year, move } = days;
  const [isWeekShown, setWeekShown] = useState(false);
  const state = useCalendarDraft();
  const turn = (by: 1 | -1): void => move(`${year + by}-01-01`);
  return (
    <>
      <Head title={t('calendar.title')}>
        <div className={classes['tools']}>
          <DeadlineTabs current="calendar" />
          <div className={classes['turn']} role="group" aria-label={t('calendar.turn')}>
            <ActionIcon
              variant="default"
              size="lg"
              disabled={year === CALENDAR_YEARS.from}
              aria-label={t('calendar.before', { year: year - 1 })}
              onClick={() => turn(-1)}
            >
              <IconChevronLeft size={16} aria-hidden />
            </ActionIcon>
            <strong>{year}</strong>
            <ActionIcon
              variant="default"
              size="lg"
              disabled={year === CALENDAR_YEARS.to}
              aria-label={t('calendar.after', { year: year + 1 })}
              onClick={() => turn(1)}
            >
              <IconChevronRight size={16} aria-hidden />
            </ActionIcon>
          </div>
          <Button
            variant="default"
            leftSection={<IconClockHour4 size={16} aria-hidden />}
            onClick={() => setWeekShown(true)}
          >
            {t('calendar.week.open')}
          </Button>
          <TableMenu kind="calendar" about={(preview) => <CalendarLoadMoves preview={preview} />} />
        </div>
      </Head>
      <Year days={days} state={state} />
      {isWeekShown && (
        <WeekDialog
          calendar={state.draft}
          onTake={(next) => {
            state.change(next);
            setWeekShown(false);
          }}
          onClose={() => setWeekShown(false)}
        />
      )}
    </>
  );
}

interface YearProps {
  readonly days: ReturnType<typeof useDays>;
  readonly state: CalendarDraft;
}

function Year({ days: { today, year, current, move }, state }: YearProps) {
  const { t } = useTranslation();
  const { saved, draft, isChanged, change } = state;
  const panel = useRef<HTMLDivElement>(null);
  const refusal = isChanged ? judgeCalendar(draft, saved) : null;
  const unnamed = unnamedDays(draft, saved);
  const open = (date: LocalDate): void => {
    move(date);
    requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>('input:checked')?.focus());
  };
  return (
    <div className={classes['screen']}>
      <div>
        <YearNotice calendar={draft} year={year} onChange={change} />
        <YearGrid calendar={draft} year={year} today={today} current={current} onMove={move} onOpen={open} />
        <Legend />
      </div>
      <aside className={classes['panel']} ref={panel} aria-label={t('calendar.panel')}>
        <DayEditor calendar={draft} date={current} onChange={change} isUnnamed={unnamed.includes(current)} />
        {isChanged && <SavePanel state={state} refusal={refusal} unnamed={unnamed} onShow={open} />}
        {!isChanged && <Alert color="gray">{t('calendar.hint')}</Alert>}
      </aside>
    </div>
  );
}

const SHOWN = ['working', 'weekend', 'holiday', 'shortened', 'moved_working'] as const;

/** The marks of days, in words. */
function Legend() {
  const { t } = useTranslation();
  return (
    <ul className={classes['legend']} aria-label={t('calendar.legend')}>
      {SHOWN.map((kind) => (
        <li key={kind}>
          <span className={classes['day']} data-kind={kind} aria-hidden>
            8
          </span>
          {t(`calendar.kind.${kind}`)}
        </li>
      ))}
      <li>
        <span className={classes['day']} data-kind="holiday" data-own aria-hidden>
          8
        </span>
        {t('calendar.own')}
      </li>
    </ul>
  );
}
