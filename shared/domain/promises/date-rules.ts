import { dayOfDate, weekdayOf, type DayNumber } from '../time-zone.ts';
import {
  isNextWord,
  isPastWord,
  MONTH,
  monthNumber,
  nearestOf,
  dateParts,
  runningPeriod,
  yearOf,
} from './periods.ts';
import {
  dayOfWriting,
  wholeWords,
  type Groups,
  type PromiseContext,
  type PromiseRule,
  type NamedTime,
} from './reading.ts';

const BEFORE = '(?:(?<before>до|по|не поздн?ее|не позже|ко?|на|со?|от)(?: чем)? )?';
/** «С 20 по», «20-», «20 и»: the last day of several is the promise's. */
const FIRST_OF_RANGE = `(?:\\d{1,2}(?: ${MONTH})?(?: по | до | на | ?- ?| и |, ?))?`;
/** The year of a date or month, if it is said. */
export const YEAR =
  '(?: (?<year>20\\d\\d)(?: ?(?:год\\p{L}{0,2}|г_?)(?!\\p{L}))?|' +
  ' (?<ref>этого|текущего|нынешнего|следующего|будущего|прошлого|минувшего) года)?';
const WEEKDAYS = ['понедельник', 'вторник', 'сред', 'четверг', 'пятниц', 'суббот', 'воскресень'];
/** A weekday in any case, in the group `weekday`. */
export const WEEKDAY = `(?<weekday>${WEEKDAYS.join('|')})(?:а|у|ы|е|я|ю)?`;

const dayIn = (year: number, month: number, date: number): DayNumber | null => {
  const two = (value: number): string => String(value).padStart(2, '0');
  return dayOfDate(`${year}-${two(month + 1)}-${two(date)}`);
};

function readDate(
  month: number,
  { day, year, ref, before }: Groups,
  context: PromiseContext,
): NamedTime | null {
  const ofYear = yearOf(year, ref, context);
  if (before === 'от' || ofYear === null || month < 0) return null;
  const date = Number(day);
  if (ofYear !== undefined) return onDay(dayIn(ofYear, month, date));
  const isSound = (one: number): { from: number; to: number } => {
    const found = dayIn(one, month, date) ?? NaN;
    return { from: found, to: found };
  };
  const { to, daysBack } = nearestOf(isSound, undefined, context);
  return Number.isNaN(to) ? null : { precision: 'day', day: to, daysBack };
}

const onDay = (day: DayNumber | null): NamedTime | null => (day === null ? null : { precision: 'day', day });

/** «До 10 числа»: the nearest such day, of this month or the next. */
function readDayOfMonth({ day, which, month }: Groups, context: PromiseContext): NamedTime | null {
  if (month !== undefined) return readDate(monthNumber(month), { day }, context);
  if (which?.startsWith('кажд') === true) return null;
  const { year, month: now, date } = dateParts(dayOfWriting(context));
  const isNext = which === undefined ? Number(day) < date : isNextWord(which);
  const { from } = runningPeriod('месяц', isNext ? 1 : 0, context);
  const { year: inYear, month: inMonth } = isNext ? dateParts(from) : { year, month: now };
  return onDay(dayIn(inYear, inMonth, Number(day)));
}

/** The nearest day of such a weekday, by the beginning of its name; today excluded. */
export function nextWeekday(weekday: string, context: PromiseContext): DayNumber {
  const now = dayOfWriting(context);
  return now + ((WEEKDAYS.indexOf(weekday) + 1 - weekdayOf(now) + 6) % 7) + 1;
}

/** The nearest such weekday, today excluded; «в следующую пятницу» is next week's. */
function readWeekday({ which = '', weekday = '' }: Groups, context: PromiseContext): NamedTime | null {
  if (isPastWord(which)) return null;
  const now = dayOfWriting(context);
  const day = isNextWord(which)
    ? now + 7 - weekdayOf(now) + WEEKDAYS.indexOf(weekday) + 1
    : nextWeekday(weekday, context);
  return { precision: 'day', day, isWeekday: true };
}

const NEAR_DAYS: Readonly<Record<string, number>> = { сегодня: 0, завтра: 1, послезавтра: 2 };

/** Ways to name a day. */
export const dateRules: readonly PromiseRule[] = [
  {
    pattern: wholeWords(
      `(?:в ночь )?${BEFORE}${FIRST_OF_RANGE}(?<day>\\d{1,2}) (?<month>${MONTH})${YEAR}(?: включительно)?`,
    ),
    needs: 'nothing',
    read: (groups, context) => readDate(monthNumber(groups['month'] ?? ''), groups, context),
  },
  {
    pattern: wholeWords(
      `${BEFORE}` +
        '(?:\\d{1,2}\\.\\d{2}(?:\\.\\d{2,4})?(?: по | до | ?- ?| и ))?' +
        '(?<day>\\d{1,2})\\.(?<month>0[1-9]|1[0-2])(?:\\.(?<year>\\d{4}|\\d{2}))?(?!\\d|\\.\\d| ?(?:тыс|млн|руб|кв|км|м|га|%|ч))' +
        '(?: ?(?:года|г_?)(?!\\p{L}))?',
    ),
    needs: 'nothing',
    read: (groups, context) => readDate(Number(groups['month']) - 1, groups, context),
  },
  {
    pattern: wholeWords(
      '(?:(?:до|к|на|с|не позднее|в течение|(?:до |к )?(?:конца|концу)) )?' +
        '(?<near>послезавтра|завтра|сегодня)(?:шн\\p{L}{1,3}(?: дн\\p{L}{1,2}| день)?)?',
    ),
    needs: 'nothing',
    read: ({ near = '' }, context) => onDay(dayOfWriting(context) + (NEAR_DAYS[near] ?? 0)),
  },
  {
    pattern: wholeWords(
      '(?:(?:до|ко?|не поздн?ее|не позже|с|по) )?(?:\\d{1,2} ?- ?)?(?<day>\\d{1,2}) числ(?:а|у|о)' +
        `(?: (?<which>следующ|будущ|текущ|эт|кажд)\\p{L}{1,3} месяца| (?<month>${MONTH}))?`,
    ),
    needs: 'no_habit',
    read: readDayOfMonth,
  },
  {
    pattern: wholeWords(
      '(?:(?:в ночь на|в ночь с \\p{L}{5,11} на|до|ко?|во?|на|по|со?|не поздн?ее|не позже)(?: чем в)? )' +
        `(?:(?<which>следующ|ближайш|эт|прошл|будущ)\\p{L}{1,3} )?` +
        `(?:(?:${WEEKDAYS.join('|')})[ауыеяю]? ?- ?)?${WEEKDAY}`,
    ),
    needs: 'nothing',
    read: readWeekday,
  },
];
