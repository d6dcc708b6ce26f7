import { addWorkingMinutes, calendarDayAt, workingHoursOn, type CompiledCalendar } from './calendar.ts';
import { MS_PER_DAY, MS_PER_MINUTE, type Instant } from './instant.ts';
import { dateOfDay, dayOfDate, weekdayOf, type DayNumber } from './time-zone.ts';

/** The context a phrase is read in: the moment the reply was written and the calendar of the region. */
export type PromiseContext = { readonly at: Instant; readonly calendar: CompiledCalendar };

/** A day to keep the promise by, or an exact moment for «в течение 3 часов». */
export type PromisedTime = { readonly day: DayNumber } | { readonly instant: Instant };

/**
 * One way to say a date. `needsPromise`: the phrase alone may tell of the past («15 января заменили трубу»),
 * so its sentence must also speak of the future. Patterns see lower case with «е» for «ё».
 */
export type PromiseRule = {
  readonly pattern: RegExp;
  readonly needsPromise: boolean;
  readonly resolve: (match: readonly string[], context: PromiseContext) => PromisedTime | null;
};

const MONTHS = [
  'январ',
  'феврал',
  'март',
  'апрел',
  'ма',
  'июн',
  'июл',
  'август',
  'сентябр',
  'октябр',
  'ноябр',
  'декабр',
];
const MONTH_WORD = `(${MONTHS.join('|')})(?:я|а|ь|е|й)?(?!\\p{L})`;
const WEEKDAYS = ['понедельник', 'вторник', 'сред', 'четверг', 'пятниц', 'суббот', 'воскресень'];
const WEEKDAY_WORD = `(${WEEKDAYS.join('|')})(?:а|у|ы|е|я|ю)?(?!\\p{L})`;
const BEFORE = `(?:до|не\\s+поздн?ее|не\\s+позже|в\\s+срок\\s+до|к|ко)\\s+`;
const COUNT =
  `(\\d{1,3}|одного|одной|двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти|четырнадцати|тридцати)` +
  `(?:-?(?:х|ти|и))?`;
const COUNTS = [
  '',
  'одного',
  'двух',
  'трех',
  'четырех',
  'пяти',
  'шести',
  'семи',
  'восьми',
  'девяти',
  'десяти',
];

/**
 * A promise more than this far back in the year is read as next year's: «до 15 января», written in December.
 */
const NEXT_YEAR_AFTER_DAYS = 180;

const pattern = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}.])${source}`, 'gu');
const today = (context: PromiseContext): DayNumber => calendarDayAt(context.calendar, context.at);

function countOf(word: string): number {
  if (/^\d/.test(word)) {
    return Number(word);
  }
  const known = COUNTS.indexOf(word === 'одной' ? 'одного' : word);
  return known > 0 ? known : word === 'четырнадцати' ? 14 : 30;
}

function dayIn(year: number, month: number, dayOfMonth: number): DayNumber | null {
  const two = (value: number): string => String(value).padStart(2, '0');
  return dayOfDate(`${year}-${two(month)}-${two(dayOfMonth)}`);
}

/** The date with its year, or the nearest fitting one when the year is not said. */
function dateOf(
  month: number,
  dayOfMonth: number,
  year: string | undefined,
  context: PromiseContext,
): PromisedTime | null {
  if (year !== undefined && year !== '') {
    const day = dayIn(year.length === 2 ? 2000 + Number(year) : Number(year), month, dayOfMonth);
    return day === null ? null : { day };
  }
  const now = today(context);
  const thisYear = Number(dateOfDay(now).slice(0, 4));
  const day = dayIn(thisYear, month, dayOfMonth);
  const next = dayIn(thisYear + 1, month, dayOfMonth);
  if (day !== null && now - day <= NEXT_YEAR_AFTER_DAYS) {
    return { day };
  }
  return next === null ? null : { day: next };
}

const monthOf = (word: string | undefined): number => MONTHS.indexOf(word ?? '') + 1;

function lastDayOfMonth(
  month: number,
  year: string | undefined,
  context: PromiseContext,
): PromisedTime | null {
  const first = dateOf(month, 1, year, context);
  if (first === null || !('day' in first)) {
    return null;
  }
  // «До конца декабря», said on the 20th, is this month's end although its first day is past.
  return { day: endOfMonth(first.day) };
}

function endOfMonth(day: DayNumber): DayNumber {
  const date = new Date(day * MS_PER_DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / MS_PER_DAY;
}

function endOfPeriod(word: string, context: PromiseContext): PromisedTime {
  const now = today(context);
  const date = new Date(now * MS_PER_DAY);
  if (word.startsWith('недел')) {
    return { day: lastWorkingDayOfWeek(now, context) };
  }
  if (word.startsWith('месяц')) {
    return { day: endOfMonth(now) };
  }
  if (word.startsWith('квартал')) {
    return {
      day: Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3 + 3, 0) / MS_PER_DAY,
    };
  }
  return word.startsWith('год') ? { day: Date.UTC(date.getUTCFullYear(), 12, 0) / MS_PER_DAY } : { day: now };
}

/** Friday, as a rule; Sunday when the week's working days are over already. */
function lastWorkingDayOfWeek(day: DayNumber, context: PromiseContext): DayNumber {
  const sunday = day + 7 - weekdayOf(day);
  for (let candidate = sunday; candidate >= day; candidate -= 1) {
    if (workingHoursOn(context.calendar.data, candidate) !== null) {
      return candidate;
    }
  }
  return sunday;
}

function addWorkingDays(count: number, context: PromiseContext): DayNumber {
  let day = today(context);
  for (let left = count; left > 0;) {
    day += 1;
    left -= workingHoursOn(context.calendar.data, day) === null ? 0 : 1;
  }
  return day;
}

function within(count: number, isWorking: boolean, unit: string, context: PromiseContext): PromisedTime {
  if (unit.startsWith('час')) {
    const instant = isWorking
      ? addWorkingMinutes(context.calendar, context.at, count * 60)
      : context.at + count * 60 * MS_PER_MINUTE;
    return { instant };
  }
  if (unit.startsWith('недел')) {
    return { day: today(context) + count * 7 };
  }
  if (unit.startsWith('месяц')) {
    const date = new Date(today(context) * MS_PER_DAY);
    const last = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count + 1, 0) / MS_PER_DAY;
    const same = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, date.getUTCDate()) / MS_PER_DAY;
    return { day: Math.min(same, last) };
  }
  return { day: isWorking ? addWorkingDays(count, context) : today(context) + count };
}

/** The nearest such weekday, today excluded; «в следующую пятницу» is next week's. */
function weekday(word: string, isNextWeek: boolean, context: PromiseContext): PromisedTime {
  const now = today(context);
  const wanted = WEEKDAYS.indexOf(word) + 1;
  if (isNextWeek) {
    return { day: now + 7 - weekdayOf(now) + wanted };
  }
  return { day: now + ((wanted - weekdayOf(now) + 6) % 7) + 1 };
}

/** All ways to promise a date that are understood. Where two overlap, the longer phrase is taken. */
export const promiseRules: readonly PromiseRule[] = [
  {
    pattern: pattern(
      `(${BEFORE}|по\\s+)?(\\d{1,2})(?:-?го)?\\s+${MONTH_WORD}(?:\\s+(\\d{4})(?:\\s*(?:года|г\\.?))?)?`,
    ),
    needsPromise: true,
    resolve: ([, , day, month, year], context) => dateOf(monthOf(month), Number(day), year, context),
  },
  {
    pattern: pattern(
      `(${BEFORE}|по\\s+)?(\\d{1,2})\\.(0[1-9]|1[0-2])(?:\\.(\\d{4}|\\d{2}))?(?![\\p{N}])(?:\\s*(?:года|` +
        `г\\.?(?!\\p{L})))?`,
    ),
    needsPromise: true,
    resolve: ([, , day, month, year], context) => dateOf(Number(month), Number(day), year, context),
  },
  {
    pattern: pattern(`(?:${BEFORE}|на\\s+)?(послезавтра|завтра)(?:шнего дня|шний день)?(?!\\p{L})`),
    needsPromise: false,
    resolve: ([, word], context) => ({ day: today(context) + (word === 'завтра' ? 1 : 2) }),
  },
  {
    pattern: pattern(`сегодня(?!\\p{L})(?:\\s+(?:до|к)\\s+(?:конца\\s+дня|вечера|вечеру))?`),
    needsPromise: true,
    resolve: (_match, context) => ({ day: today(context) }),
  },
  {
    pattern: pattern(
      `до\\s+(?:конца|окончания|завершения)\\s+(?:(?:текуще(?:го|й)|это(?:го|й)|рабочего|рабочей)\\s+)?` +
        `(дня|недели|месяца|квартала|года)(?!\\p{L})`,
    ),
    needsPromise: false,
    resolve: ([, word], context) => endOfPeriod(word ?? '', context),
  },
  {
    pattern: pattern(
      `(?:до\\s+конца|в|во|к\\s+концу|в\\s+конце)\\s+${MONTH_WORD}(?:\\s+(\\d{4})(?:\\s*(?:года|г\\.?))?)?`,
    ),
    needsPromise: true,
    resolve: ([, month, year], context) => lastDayOfMonth(monthOf(month), year, context),
  },
  {
    pattern: pattern(
      `(?:(?:до\\s+конца|в\\s+течение|на)\\s+)(следующ|эт|текущ|ближайш)(?:ей|ую|ой|у|их)\\s+недел(?:и|е|ю)`,
    ),
    needsPromise: true,
    resolve: ([, which], context) => ({
      day: lastWorkingDayOfWeek(
        today(context) + (which === 'следующ' ? 7 - weekdayOf(today(context)) + 1 : 0),
        context,
      ),
    }),
  },
  {
    pattern: pattern(
      `(?:в\\s+течени[еи]|не\\s+более\\s+чем\\s+(?:за|через)|через|в\\s+срок)\\s+(?:ближайш(?:их|его|` +
        `ей)\\s+)?${COUNT}\\s+((?:рабоч|календарн)(?:их|ого|ей)\\s+)?(дн(?:ей|я)|сут(?:ок|ки)|час(?:а|ов)|` +
        `недел(?:и|ь|ю)|месяц(?:а|ев))(?!\\p{L})`,
    ),
    needsPromise: false,
    resolve: ([, count, kind, unit], context) =>
      within(countOf(count ?? ''), kind?.startsWith('рабоч') === true, unit ?? '', context),
  },
  {
    pattern: pattern(
      `(?:в\\s+течени[еи]|через)\\s+((?:рабоч)(?:его|ей)\\s+)?(дня|день|суток|сутки|часа?|недел[иьюя]|` +
        `месяца?)(?!\\p{L})`,
    ),
    needsPromise: false,
    resolve: ([, kind, unit = ''], context) =>
      kind !== undefined && unit.startsWith('д') ? { day: today(context) } : within(1, false, unit, context),
  },
  {
    pattern: pattern(
      `(?:в\\s+ближайш(?:ие|ее)\\s+)(\\d{1,2}|два|три|четыре|пять)(?:-\\d{1,2})?\\s+(дня|дней|суток)` +
        `(?!\\p{L})`,
    ),
    needsPromise: false,
    resolve: ([, count = ''], context) => {
      const words = ['', '', 'два', 'три', 'четыре', 'пять'];
      return within(/^\d/.test(count) ? Number(count) : words.indexOf(count), false, 'дней', context);
    },
  },
  {
    pattern: pattern(
      `(?:до|ко?|во?|не\\s+позднее)\\s+(?:(следующ|ближайш|эт)(?:его|ей|ую|ий|ему|у|от|` +
        `ой)\\s+)?${WEEKDAY_WORD}`,
    ),
    needsPromise: true,
    resolve: ([, which, word], context) => weekday(word ?? '', which === 'следующ', context),
  },
];
