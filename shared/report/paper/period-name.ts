import { must } from '#shared/domain/must.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import type { Language } from '#shared/text/duration.ts';
import { PERIOD_FORMS, periodAround, type ReportRequest } from '#shared/report/facts/period.ts';

const ROMAN = ['I', 'II', 'III', 'IV'] as const;

/** «январь 2022 года», «January 2022». */
export function monthName(firstDay: LocalDate, language: Language): string {
  const date = new Date(`${firstDay}T00:00:00Z`);
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(date);
  return language === 'ru' ? `${month} ${date.getUTCFullYear()} года` : `${month} ${date.getUTCFullYear()}`;
}

/** A period in words: «январь 2022 года», «I квартал 2022 года», «2022 год», «3–9 января 2022 г.». */
export function periodName(
  { form, from, to }: Pick<ReportRequest, 'form' | 'from' | 'to'>,
  language: Language,
): string {
  const year = from.slice(0, 4);
  switch (form) {
    case 'month':
      return monthName(from, language);
    case 'quarter': {
      const number = must(ROMAN[Math.floor((Number(from.slice(5, 7)) - 1) / 3)], 'a quarter');
      return language === 'ru' ? `${number} квартал ${year} года` : `${number} quarter of ${year}`;
    }
    case 'year':
      return language === 'ru' ? `${year} год` : year;
    case 'week':
    case 'custom':
      return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).formatRange(
        new Date(`${from}T00:00:00Z`),
        new Date(`${to}T00:00:00Z`),
      );
  }
}

/**
 * Days by the name a person would call them: as a month, quarter or year where they are one, else from and
 * to.
 */
export function stretchName({ from, to }: Pick<ReportRequest, 'from' | 'to'>, language: Language): string {
  const form = PERIOD_FORMS.find((candidate) => {
    const whole = periodAround(candidate, from, 'UTC');
    return candidate !== 'week' && whole.from === from && whole.to === to;
  });
  return periodName({ form: form ?? 'custom', from, to }, language);
}
