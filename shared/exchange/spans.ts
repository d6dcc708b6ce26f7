const HOUR = 1 / 24;
const MINUTE = HOUR / 60;
const SECOND = MINUTE / 60;

/** Longer texts are no time spans. */
const MAX_SPAN = 60;

const FRACTION = '(?:[.,](\\d{1,9}))?';
const CLOCK = `(\\d{1,6}):([0-5]?\\d)(?::([0-5]?\\d)${FRACTION})?`;
const ONLY_CLOCK = new RegExp(`^([-−]?)${CLOCK}$`);
/**
 * pandas' `4 days 00:55:00.217000` and `-1 days +23:05:00`, Python's `4 days, 0:55:00`, «4 дн. 0:55», .NET's
 * `4.00:55:00`.
 */
const DAYS_CLOCK = new RegExp(
  `^([-−]?\\d+)(?:\\.| ?(?:days?|дней|день|дня|дн|сут(?:ок|ки)?|д)[.,]?) ?\\+?${CLOCK}$`,
);
/** LibreOffice shows a span under a date format from its day 0. */
const DAY_ZERO = new RegExp(`^(?:1899-12-(30|31)[ t]|(30|31)\\.12\\.1899 )${CLOCK}$`);
const ISO =
  /^(-?)p(?:(\d+(?:[.,]\d+)?)d)?(?:t(?:(\d+(?:[.,]\d+)?)h)?(?:(\d+(?:[.,]\d+)?)m)?(?:(\d+(?:[.,]\d+)?)s)?)?$/;

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:d|days?|д|дн|день|дня|дней|сут|сутки|суток)$/, 1],
  [/^(?:h|hrs?|hours?|ч|час|часа|часов)$/, HOUR],
  [/^(?:m|mins?|minutes?|м|мин|минута|минуты|минут)$/, MINUTE],
  [/^(?:s|secs?|seconds?|с|сек|секунда|секунды|секунд)$/, SECOND],
];

const numberOf = (text: string | undefined): number =>
  Number((text ?? '0').replace(',', '.').replace('−', '-'));

/** Hours, minutes, seconds and their fraction as {@link CLOCK} finds them, in days. */
const clockDays = ([hours, minutes, seconds, fraction]: readonly (string | undefined)[]): number =>
  numberOf(hours) * HOUR +
  numberOf(minutes) * MINUTE +
  (numberOf(seconds) + Number(`0.${fraction ?? '0'}`)) * SECOND;

/**
 * Reads a time span as days: a number of days, clocks, and the words of pandas, R, Python and people. Null
 * for anything else.
 */
export function readSpan(raw: string | number): number | null {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : null;
  if (raw.length > MAX_SPAN) return null;
  const text = raw.replace(/^'/, '').trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const packed = text.replaceAll(' ', '');
  if (/^[-−]?\d+(?:[.,]\d+)?(?:e[-+]?\d{1,3})?$/.test(packed)) return numberOf(packed);
  const clock = ONLY_CLOCK.exec(packed);
  if (clock !== null) return (clock[1] === '' ? 1 : -1) * clockDays(clock.slice(2));
  const days = DAYS_CLOCK.exec(text);
  if (days !== null) return numberOf(days[1]) + clockDays(days.slice(2));
  const zero = DAY_ZERO.exec(text);
  if (zero !== null)
    return (zero[1] ?? zero[2]) === '31' ? 1 + clockDays(zero.slice(3)) : clockDays(zero.slice(3));
  return isoDays(text) ?? wordDays(text);
}

function isoDays(text: string): number | null {
  const iso = ISO.exec(text);
  if (iso === null || !/\d/.test(text)) return null;
  const [days, hours, minutes, seconds] = iso.slice(2).map(numberOf);
  const span = (days ?? 0) + (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0) * SECOND;
  return iso[1] === '-' ? -span : span;
}

/** «1 ч 23 мин», `55 mins`: numbers, each with its unit, and nothing else. */
function wordDays(text: string): number | null {
  const parts = [...text.matchAll(/(?<!\d)(\d+(?:[.,]\d+)?) ?([a-zа-я]+)\.?/g)];
  if (parts.length === 0 || text.replaceAll(/(?<!\d)\d+(?:[.,]\d+)? ?[a-zа-я]+\.?/g, '').trim() !== '')
    return null;
  let span = 0;
  for (const [, number, unit = ''] of parts) {
    const size = UNITS.find(([word]) => word.test(unit))?.[1];
    if (size === undefined) return null;
    span += numberOf(number) * size;
  }
  return span;
}
