/** `2022-01` */
export type Month = string;

/** A month that has messages, and how many. */
export interface MonthCount {
  readonly month: Month;
  readonly count: number;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** True when an address names a month. */
const isMonth = (text: string | undefined): text is Month => text !== undefined && MONTH.test(text);

/** Months with messages, newest first, from the store's count by month; what is not a month is left out. */
export function monthsOf(
  counts: readonly { readonly key: readonly string[]; readonly count: number }[],
): readonly MonthCount[] {
  return counts
    .map(({ key, count }) => ({ month: key[0] ?? '', count }))
    .filter(({ month, count }) => isMonth(month) && count > 0)
    .toSorted((a, b) => (a.month < b.month ? 1 : -1));
}

/**
 * A month with less than this part of the fullest one's messages holds a few stragglers, not the month's
 * work.
 */
const STRAGGLERS = 0.1;

/**
 * The month a reader most likely wants: the last one that is over and was at work; where there is none, the
 * last with messages, and the current one when there are no messages at all.
 */
export function openingMonth(months: readonly MonthCount[], current: Month): Month {
  const past = months.filter(({ month }) => month < current);
  const fullest = Math.max(0, ...past.map(({ count }) => count));
  return past.find(({ count }) => count >= fullest * STRAGGLERS)?.month ?? months[0]?.month ?? current;
}

/** The months at hand by year, newest first, for the list of the picker. */
export function byYear(
  months: readonly MonthCount[],
): readonly { readonly year: string; readonly months: readonly MonthCount[] }[] {
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))];
  return years.map((year) => ({ year, months: months.filter(({ month }) => month.startsWith(year)) }));
}
