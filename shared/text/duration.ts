import type { Minutes } from '#shared/domain/instant.ts';

/** Languages the product speaks. */
export type Language = 'ru' | 'en';

const UNITS = {
  ru: { day: 'д', hour: 'ч', minute: 'мин' },
  en: { day: 'd', hour: 'h', minute: 'min' },
} as const;

const NBSP = '\u00A0';

/**
 * Options of {@link formatDuration}: `days` turns 24 hours into a day; leave it off for working time, whose
 * day is not 24 hours.
 */
export type DurationOptions = { readonly days?: boolean };

/**
 * «2 ч 46 мин», «46 мин», «0 мин», «3 д 4 ч»: rounded to the minute; past a day, minutes are left out;
 * no-break spaces, a minus sign (U+2212) when negative.
 */
export function formatDuration(minutes: Minutes, language: Language, options: DurationOptions = {}): string {
  const units = UNITS[language];
  const total = Math.round(Math.abs(minutes));
  const sign = minutes < 0 && total > 0 ? '\u2212' : '';
  const days = options.days === true ? Math.floor(total / 1440) : 0;
  const hours = Math.floor((total - days * 1440) / 60);
  const rest = total % 60;
  const parts: string[] = [];
  if (days > 0) {
    parts.push(`${days}${NBSP}${units.day}`);
  }
  if (hours > 0) {
    parts.push(`${hours}${NBSP}${units.hour}`);
  }
  if ((rest > 0 && days === 0) || parts.length === 0) {
    parts.push(`${rest}${NBSP}${units.minute}`);
  }
  return sign + parts.join(NBSP);
}

/**
 * `0:42`, `13:05`, `−1:10`: the queue's narrow column of hours and minutes left, cut to the minute towards
 * zero.
 */
export function formatClock(minutes: Minutes): string {
  const total = Math.floor(Math.abs(minutes));
  const sign = minutes < 0 && total > 0 ? '\u2212' : '';
  return `${sign}${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`;
}
