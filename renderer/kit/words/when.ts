import { isSensible, type Instant } from '#shared/domain/instant.ts';
import { localTimeAt, type ZoneName } from '#shared/domain/time-zone.ts';
import type { Language } from '#shared/text/duration.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  language: Language,
  zone: ZoneName,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { timeZone: zone, ...options });
    formats.set(key, found);
  }
  return found;
}

/** Abbreviations without the full stops that make a dense line noisy. */
const plain = (text: string): string => text.replaceAll('.', '');

/**
 * Ways of writing moments on screens: always in the region's own time, whatever the workstation's clock says.
 */
export interface When {
  /** `10:42` */
  time(at: Instant): string;
  /** `вт, 18 янв` */
  day(at: Instant): string;
  /** `вт` */
  weekday(at: Instant): string;
  /** `18 янв`, with the year when it is another one than now's */
  date(at: Instant, now: Instant): string;
  /** `18 января`, with the year when it is another one than now's */
  longDate(at: Instant, now: Instant): string;
  /** `10:42` today, `вт 10:42` within the week around now, else `18 янв 10:42` */
  short(at: Instant, now: Instant): string;
  /** `18.01.2022 10:42` */
  full(at: Instant): string;
  /** Whole local days from now's day to that of `at`: 0 today, -1 yesterday. */
  daysFromNow(at: Instant, now: Instant): number;
}

/** Stands in place of an invalid moment: an older release let wrong clocks through. */
const NO_MOMENT = '—';

/** A way of writing moments that writes {@link NO_MOMENT} for what is none. */
const sensible =
  <R extends readonly Instant[]>(write: (at: Instant, ...rest: R) => string) =>
  (at: Instant, ...rest: R): string =>
    isSensible(at) ? write(at, ...rest) : NO_MOMENT;

const FULL = {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const;

export function whenIn(zone: ZoneName, language: Language): When {
  const time = (at: Instant): string =>
    format(language, zone, { hour: '2-digit', minute: '2-digit' }).format(at);
  const weekday = (at: Instant): string => plain(format(language, zone, { weekday: 'short' }).format(at));
  const dateWith = (month: 'short' | 'long', at: Instant, now: Instant): string => {
    const isThisYear = localTimeAt(zone, at).date.slice(0, 4) === localTimeAt(zone, now).date.slice(0, 4);
    return plain(
      format(language, zone, {
        day: 'numeric',
        month,
        ...(isThisYear ? {} : { year: 'numeric' }),
      }).format(at),
    ).replace(/\sг$/u, '');
  };
  const date = (at: Instant, now: Instant): string => dateWith('short', at, now);
  const daysFromNow = (at: Instant, now: Instant): number =>
    localTimeAt(zone, at).day - localTimeAt(zone, now).day;
  return {
    time: sensible(time),
    weekday: sensible(weekday),
    date: sensible(date),
    longDate: sensible((at, now: Instant) => dateWith('long', at, now)),
    daysFromNow,
    day: sensible(
      (at) =>
        `${weekday(at)}, ${plain(format(language, zone, { day: 'numeric', month: 'short' }).format(at))}`,
    ),
    short: sensible((at, now: Instant) => {
      const days = daysFromNow(at, now);
      if (days === 0) return time(at);
      return Math.abs(days) < 6 ? `${weekday(at)}\u00A0${time(at)}` : `${date(at, now)} ${time(at)}`;
    }),
    full: sensible((at) => format(language, zone, FULL).format(at).replace(',', '')),
  };
}
