import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CALENDAR_YEARS, dayKindOf, workingHoursOn, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { isOwnDay } from '#shared/domain/production-days.ts';
import { dateOfDay, dayOfDate, weekdayOf, type DayNumber, type LocalDate } from '#shared/domain/time-zone.ts';
import { dateWords, hoursWords, monthWords, weekdayWords } from '#renderer/kit/hours/day-words.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from './calendar.module.css';

interface GridProps {
  readonly calendar: WorkingCalendar;
  readonly year: number;
  readonly today: LocalDate;
  /** The day that the keys move. */
  readonly current: LocalDate;
  readonly onMove: (date: LocalDate) => void;
  /** Enter, or a click. */
  readonly onOpen: (date: LocalDate) => void;
}

const MONTHS = Array.from({ length: 12 }, (_, month) => month);
const dayOf = (date: LocalDate): DayNumber => dayOfDate(date) ?? 0;
const firstOf = (year: number, month: number): DayNumber =>
  dayOf(`${year}-${String(month + 1).padStart(2, '0')}-01`);

/** A month later or earlier, the same day of it or its last. */
function monthOn(date: LocalDate, by: 1 | -1): DayNumber {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const at = year * 12 + (month - 1) + by;
  const first = firstOf(Math.floor(at / 12), at % 12);
  const next = firstOf(Math.floor((at + 1) / 12), (at + 1) % 12);
  return Math.min(first + day - 1, next - 1);
}

const STEPS: Readonly<Record<string, (date: LocalDate) => DayNumber>> = {
  ArrowLeft: (date) => dayOf(date) - 1,
  ArrowRight: (date) => dayOf(date) + 1,
  ArrowUp: (date) => dayOf(date) - 7,
  ArrowDown: (date) => dayOf(date) + 7,
  Home: (date) => dayOf(date) - (weekdayOf(dayOf(date)) - 1),
  End: (date) => dayOf(date) + (7 - weekdayOf(dayOf(date))),
  PageUp: (date) => monthOn(date, -1),
  PageDown: (date) => monthOn(date, 1),
};

/** Twelve months at a glance. One day of them takes the focus; arrows move it by days and weeks. */
export function YearGrid({ calendar, year, today, current, onMove, onOpen }: GridProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = dateOfDay(step(current));
    const to = Number(next.slice(0, 4));
    if (to < CALENDAR_YEARS.from || to > CALENDAR_YEARS.to) return;
    onMove(next);
    // The day of another year is drawn first.
    requestAnimationFrame(() =>
      grid.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus({ preventScroll: false }),
    );
  };
  return (
    <div ref={grid} className={classes['year']} role="group" aria-label={t('calendar.year', { year })}>
      {MONTHS.map((month) => (
        <Month
          key={month}
          calendar={calendar}
          first={firstOf(year, month)}
          month={month}
          today={today}
          current={current.slice(5, 7) === String(month + 1).padStart(2, '0') ? current : null}
          onOpen={onOpen}
          onKeyDown={onKeyDown}
        />
      ))}
    </div>
  );
}

interface MonthProps {
  readonly calendar: WorkingCalendar;
  readonly first: DayNumber;
  readonly month: number;
  readonly today: LocalDate;
  readonly current: LocalDate | null;
  readonly onOpen: (date: LocalDate) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Month({ calendar, first, month, today, current, onOpen, onKeyDown }: MonthProps) {
  const language = useLanguage();
  const days = Array.from({ length: lengthOf(first) }, (_, index) => first + index);
  return (
    <section className={classes['month']}>
      <h2>{monthWords(language, month)}</h2>
      <div className={classes['days']}>
        {Array.from({ length: 7 }, (_, weekday) => (
          <span key={weekday} className={classes['weekday']} aria-hidden>
            {weekdayWords(language, weekday, 'short')}
          </span>
        ))}
        {days.map((day, index) => (
          <Day
            key={day}
            calendar={calendar}
            day={day}
            column={index === 0 ? weekdayOf(day) : null}
            isToday={dateOfDay(day) === today}
            isCurrent={dateOfDay(day) === current}
            onOpen={onOpen}
            onKeyDown={onKeyDown}
          />
        ))}
      </div>
    </section>
  );
}

/** Days from the first of a month to the first of the next. */
function lengthOf(first: DayNumber): number {
  const month = dateOfDay(first).slice(5, 7);
  return [28, 29, 30, 31].find((length) => dateOfDay(first + length).slice(5, 7) !== month) ?? 31;
}

interface DayProps {
  readonly calendar: WorkingCalendar;
  readonly day: DayNumber;
  readonly column: number | null;
  readonly isToday: boolean;
  readonly isCurrent: boolean;
  readonly onOpen: (date: LocalDate) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Day({ calendar, day, column, isToday, isCurrent, onOpen, onKeyDown }: DayProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const date = dateOfDay(day);
  const kind = dayKindOf(calendar, day);
  const isOwn = isOwnDay(calendar, date);
  const hours = workingHoursOn(calendar, day);
  const name = calendar.names?.[date];
  const words = [
    dateWords(language, date),
    t(`calendar.kind.${kind}`),
    hours === null ? '' : hoursWords(hours),
    name ?? (isOwn ? t('calendar.own') : ''),
    isToday ? t('calendar.today') : '',
  ];
  const label = words.filter(Boolean).join(', ');
  return (
    <button
      type="button"
      className={classes['day']}
      data-date={date}
      data-kind={kind}
      data-own={isOwn || undefined}
      data-today={isToday || undefined}
      tabIndex={isCurrent ? 0 : -1}
      aria-pressed={isCurrent}
      aria-label={label}
      title={label}
      style={column === null ? undefined : { gridColumnStart: column }}
      onClick={() => onOpen(date)}
      onKeyDown={onKeyDown}
    >
      {Number(date.slice(8))}
    </button>
  );
}
