import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { formatLocalTimestamp, parseLocalTimestamp, type ZoneName } from '#shared/domain/time-zone.ts';

/** A moment as local wall time `YYYY-MM-DD HH:MM:SS`, or why it is none. */
export type MomentReading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly kind: 'broken_date' | 'ambiguous_date' };

/** Days from 1899-12-30 to 1970-01-01: Excel's day numbers count from there, with its 29 February 1900. */
const SERIAL_EPOCH_DAYS = 25_569;
/** Day numbers of 2000-01-01 and 2100-01-01: the years a registry's moments lie in. */
const SERIALS = { from: 36_526, to: 73_051 } as const;
const YEARS = { from: 2000, to: 2099 } as const;

/** Tells whether a day number lies in the years of a registry; spans and times of day do not. */
export const isMomentSerial = (serial: number): boolean => serial >= SERIALS.from && serial < SERIALS.to;

/**
 * An Excel day number as local wall time `YYYY-MM-DD HH:MM:SS`, to the nearest second; '' when it is none.
 */
export function serialText(serial: number): string {
  const ms = Math.round((serial - SERIAL_EPOCH_DAYS) * 86_400) * 1000;
  if (!(Math.abs(ms) < 100_000 * MS_PER_DAY)) return '';
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** Longer texts are no moments. */
const MAX_MOMENT = 60;

const TIME = '(?:(?:,? |t)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?(?: ?([ap])m)?)?';
const ZONE = '(?: ?(z|utc|gmt|[+-]\\d{2}(?::?\\d{2})?)(?: utc)?)?';
const YEAR_FIRST = new RegExp(`^(\\d{4})[-./](\\d{1,2})[-./](\\d{1,2})${TIME}${ZONE}$`);
const DAY_FIRST = new RegExp(`^(\\d{1,2})([-./])(\\d{1,2})\\2(\\d{4}|\\d{2})(?: ?г\\.?,?)?${TIME}${ZONE}$`);
const MONTH_WORD = new RegExp(`^(\\d{1,2})[ -]([а-яa-z]{3,9})\\.?[ -](\\d{4})(?: ?г\\.?,?)?${TIME}${ZONE}$`);

const MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'] as const;
const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

const two = (part: string | number): string => String(part).padStart(2, '0');

const BROKEN = { ok: false, kind: 'broken_date' } as const;

/**
 * Reads a moment as a registry, a spreadsheet, pandas or R writes it: `2025-12-17 20:11:05`, `17.12.2025
 * 9:05`, an ISO text, with a zone told in the region's own time, or a day number. Fractions of a second are
 * left out. «01/02/2025» may be two days.
 */
export function readMoment(raw: string | number, zone: ZoneName): MomentReading {
  if (typeof raw === 'number') return checked(serialText(raw), zone);
  if (raw.length > MAX_MOMENT) return BROKEN;
  const text = raw.replace(/^'/, '').trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (/^\d{5}(?:[.,]\d+)?$/.test(text)) {
    const serial = Number(text.replace(',', '.'));
    return isMomentSerial(serial) ? checked(serialText(serial), zone) : BROKEN;
  }
  const iso = YEAR_FIRST.exec(text);
  if (iso !== null) return built([iso[1], iso[2], iso[3]], iso.slice(4), zone);
  const word = MONTH_WORD.exec(text);
  if (word !== null) return built([word[3], monthOf(word[2] ?? ''), word[1]], word.slice(4), zone);
  const day = DAY_FIRST.exec(text);
  return day === null ? BROKEN : dayFirst(day, zone);
}

type Part = string | undefined;

/**
 * With slashes the month may stand first: then only one of the two can be above 12, or the text means two
 * days.
 */
function dayFirst(found: RegExpExecArray, zone: ZoneName): MomentReading {
  const [, first = '', separator, second = '', written = ''] = found;
  const year = written.length === 2 ? `20${written}` : written;
  const rest = found.slice(5);
  if (separator !== '/' || Number(first) > 12 || first === second)
    return built([year, second, first], rest, zone);
  return Number(second) > 12
    ? built([year, first, second], rest, zone)
    : { ok: false, kind: 'ambiguous_date' };
}

function monthOf(word: string): string {
  const at = [MONTHS, ENGLISH].map((names) => names.findIndex((name) => word.startsWith(name)));
  return String(Math.max(...at) + 1);
}

/** `rest`: hours, minutes, seconds, a or p, zone. */
function built(date: readonly Part[], rest: readonly Part[], zone: ZoneName): MomentReading {
  const [hours = '0', minutes = '0', seconds = '0', half, offset] = rest;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'p' ? 12 : 0);
  const [year = '', month = '', day = ''] = date;
  const text = `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minutes)}:${two(seconds)}`;
  return offset === undefined ? checked(text, zone) : checked(localText(text, offset, zone), zone);
}

/** A wall time of another offset as the region's own. */
function localText(text: string, offset: string, zone: ZoneName): string {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  const at = parseLocalTimestamp('UTC', text);
  if (at === null || Number(hours) > 14) return '';
  const shift = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return formatLocalTimestamp(zone, at - (sign === '-' ? -shift : shift));
}

function checked(text: string, zone: ZoneName): MomentReading {
  const year = Number(text.slice(0, 4));
  const isKnown = parseLocalTimestamp(zone, text) !== null && year >= YEARS.from && year <= YEARS.to;
  return isKnown ? { ok: true, text } : BROKEN;
}
