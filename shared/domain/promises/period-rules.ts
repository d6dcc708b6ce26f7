import type { DayNumber } from '../time-zone.ts';
import { YEAR } from './date-rules.ts';
import {
  isNextWord,
  isPastWord,
  MONTH,
  monthNumber,
  monthsFrom,
  nearestOf,
  dateParts,
  runningPeriod,
  weekFrom,
  yearOf,
  type Days,
} from './periods.ts';
import {
  dayOfWriting,
  wholeWords,
  type Groups,
  type PromiseContext,
  type PromiseRule,
  type NamedTime,
} from './reading.ts';

const WHICH =
  '(?<which>эт|текущ|нынешн|следующ|будущ|наступающ|предстоящ|ближайш|прошл|минувш|прошедш)\\p{L}{1,3} ';
const PART =
  '(?:(?:самого |самом )?(?<part>начал[аоуе]|середин[аыеу]|кон(?:ца|цу|це|ец)|окончани[яюе]|завершени[яюе]|' +
  'исход[ае]|[12] половин[аыеу]|[123] декад[аыеу]|(?:1|20|последних) числах) )?';
const BEFORE =
  '(?:(?<before>до|ко?|под|не поздн?ее|не позже|в течени[еи]|на протяжении|во?|на|за|со?|по) )?' + PART;

const SEASONS: Readonly<Record<string, number>> = { зим: -1, весн: 2, лет: 5, осен: 8 };
const SEASON =
  '(?:наступлени[яюе] )?(?:(?:ранн\\p{L}{2} |поздн\\p{L}{2} )?(?<season>весн(?:а|ы|е|у|ой)|лет(?:о|а|у|ом)|осен(?:ь|и|ью)|зим(?:а|ы|е|у|ой))|' +
  '(?:\\p{L}{3,6}-)?(?<seasonal>весенн|летн|осенн|зимн)\\p{L}{2,3} (?:период|сезон|месяц|каникул)\\p{L}{0,2})';

/** The day by which a part of a period is over; `before` «до» and «к» without a part mean its eve. */
function lastDay({ from, to }: Days, { before = '', part }: Groups, isWeek = false): DayNumber {
  const length = to - from + 1;
  if (part === undefined) {
    if (isWeek && /^со?$/.test(before)) return from;
    return /^(?:до|ко?|под)$/.test(before) ? from - 1 : to;
  }
  if (part.startsWith('1 числ')) return from + 4;
  if (part.startsWith('20 числ')) return from + 28;
  if (part.endsWith('декаде') || part.includes('декад')) return Math.min(from + Number(part[0]) * 10 - 1, to);
  if (part.startsWith('1 полов')) return from + Math.floor(length / 2) - 1;
  if (part.startsWith('начал')) return isWeek ? from + 1 : from + Math.ceil(length / 3) - 1;
  if (!part.startsWith('середин')) return to;
  return /^(?:до|ко?)$/.test(before)
    ? from + Math.floor(length / 2) - 1
    : from + Math.ceil((length * 2) / 3) - 1;
}

const inPeriod = (days: Days & { readonly daysBack?: number }, groups: Groups): NamedTime => ({
  precision: 'period',
  day: lastDay(days, groups),
  from: days.from,
  daysBack: days.daysBack,
});

/** A week, a month … that runs or comes next. «До конца недели» says which without a word for it. */
function readRunning(groups: Groups, context: PromiseContext): NamedTime | null {
  const { which = '', unit = '', part, before = '' } = groups;
  if (isPastWord(which)) return null;
  if (which === '' && (part === undefined || before === 'за')) return null;
  const days = runningPeriod(unit, isNextWord(which) ? 1 : 0, context);
  const day = lastDay(days, groups, unit.startsWith('недел'));
  const { from: monday } = weekFrom(isNextWord(which) ? 1 : 0, context);
  return { precision: 'period', day, monday: unit.startsWith('недел') ? monday : undefined };
}

function readMonth(groups: Groups, context: PromiseContext): NamedTime | null {
  const { month = '', last = month, year, ref, before, part, dash } = groups;
  if ((before ?? part ?? year ?? ref ?? dash) === undefined || before === 'за') return null;
  const ofYear = yearOf(year, ref, context);
  if (ofYear === null) return null;
  const [begin, end] = [monthNumber(month), monthNumber(last)];
  const count = ((end - begin + 12) % 12) + 1;
  return inPeriod(
    nearestOf((one) => monthsFrom(one, begin, count), ofYear, context),
    groups,
  );
}

function readNth(groups: Groups, context: PromiseContext): NamedTime | null {
  const { nth, unit = '', year, ref } = groups;
  const ofYear = yearOf(year, ref, context);
  if (ofYear === null) return null;
  const months = unit.startsWith('квартал') ? 3 : 6;
  const begin = (Number(nth) - 1) * months;
  if (begin > 11) return null;
  return inPeriod(
    nearestOf((one) => monthsFrom(one, begin, months), ofYear, context),
    groups,
  );
}

/** A season not over yet; winter belongs to two years, and «следующим летом» is never the one that runs. */
function readSeason(groups: Groups, context: PromiseContext): NamedTime | null {
  const { season = '', seasonal = season, which = '', year, ref, before = '', part = '' } = groups;
  const ofYear = yearOf(year, ref, context);
  if (ofYear === null || isPastWord(which) || before === 'за') return null;
  // «Лето было дождливым»; «летом», «весной» stand alone.
  if ((groups['before'] ?? groups['part'] ?? year ?? ref) === undefined && !/(?:ом|ой|ью)$/.test(season))
    return null;
  const begin = Object.entries(SEASONS).find(([stem]) => seasonal.startsWith(stem))?.[1] ?? 0;
  const now = dayOfWriting(context);
  const least = ofYear === undefined ? dateParts(now).year : ofYear;
  const coming = [0, 1, 2].map((ahead) => monthsFrom(least + ahead, begin, 3));
  // «До лета», «до начала лета»: not the one that runs, which «до конца лета» means.
  const isEve = /^(?:до|ко?|под)$/.test(before) && /^(?:начал|$)/.test(part);
  const isEarly = ({ from, to }: Days): boolean => to < now || ((isNextWord(which) || isEve) && from <= now);
  const days = coming.find((one) => !isEarly(one)) ?? null;
  return days === null ? null : inPeriod(days, groups);
}

const readYear = (groups: Groups, context: PromiseContext): NamedTime =>
  inPeriod(monthsFrom(yearOf(groups['year'], undefined, context) ?? 0, 0, 12), groups);

const WEEKEND = { from: 5, to: 6 };

/** Ways to name a time of several days. */
export const periodRules: readonly PromiseRule[] = [
  {
    pattern: wholeWords(
      `${BEFORE}(?:${WHICH})?(?:рабочей |календарного )?(?<unit>недел(?:и|я|е|ю|ей)|месяц(?:а|е|у)?|` +
        'квартал(?:а|е|у)?|полугоди(?:и|я|е|ю)|год(?:а|у)?)',
    ),
    needs: 'nothing',
    read: readRunning,
  },
  {
    pattern: wholeWords(
      `(?:(?<dash>(?<=- ))|)${BEFORE}(?:наступлени[яю] )?(?<month>${MONTH})` +
        `(?: ?(?:-|и|или|,) ?(?<last>${MONTH}))?${YEAR}`,
    ),
    needs: 'nothing',
    read: readMonth,
  },
  {
    pattern: wholeWords(
      `${BEFORE}(?:[1-4] ?(?:-|и) ?)?(?<nth>[1-4])(?:-\\p{L}{1,2})? ` +
        `(?<unit>квартал(?:а|е|у)?|полугоди(?:и|я|е|ю))${YEAR}`,
    ),
    needs: 'nothing',
    read: readNth,
  },
  { pattern: wholeWords(`${BEFORE}(?:${WHICH})?${SEASON}${YEAR}`), needs: 'nothing', read: readSeason },
  {
    pattern: wholeWords(
      `${BEFORE}(?:20\\d\\d ?(?:-|и) ?)?(?<!\\d[- ]{1,3}(?<!20\\d\\d[- ]{1,3}))` +
        '(?<year>20\\d\\d) ?(?:год(?:а|у|ом|ах)?|гг?_?)',
    ),
    needs: 'nothing',
    read: readYear,
  },
  // «Построим в 2027-м»
  { pattern: wholeWords('(?<before>в) (?<year>20[2-9]\\d)(?=[,.;!]|$)'), needs: 'future', read: readYear },
  {
    pattern: wholeWords(`${BEFORE}(?:${WHICH})?выходн(?:ые|ых|ым)`),
    needs: 'nothing',
    read: (groups, context) => {
      const { which = '' } = groups;
      const { from } = weekFrom(isNextWord(which) ? 1 : 0, context);
      return isPastWord(which)
        ? null
        : inPeriod({ from: from + WEEKEND.from, to: from + WEEKEND.to }, groups);
    },
  },
  {
    pattern: wholeWords(
      '(?<before>до|ко?) (?:начала |началу )?(?:нового |новому )?учебно(?:го|му) год(?:а|у)',
    ),
    needs: 'nothing',
    read: ({ before }, context) => {
      const { to } = nearestOf((year) => monthsFrom(year, 7), undefined, context);
      return { precision: 'day', day: before === 'до' ? to : to + 1 };
    },
  },
  {
    pattern: wholeWords(
      '(?:до|ко?) (?<feast>майск|новогодн)(?:их|им) (?:праздник|выходн|каникул)(?:ов|ам|ых|ым)?',
    ),
    needs: 'nothing',
    read: ({ feast = '' }, context) => {
      const isMay = feast === 'майск';
      const { to } = nearestOf((year) => monthsFrom(year, isMay ? 3 : 11), undefined, context);
      return { precision: 'day', day: to };
    },
  },
  {
    pattern: wholeWords('(?:до|ко?|под) (?:наступления )?нов(?:ого|ому|ый) год(?:а|у)?'),
    needs: 'nothing',
    read: (_groups, context) => ({ precision: 'day', day: runningPeriod('год', 0, context).to }),
  },
];
