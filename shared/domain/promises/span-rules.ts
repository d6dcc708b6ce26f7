import { addWorkingMinutes, workingHoursOn } from '../calendar.ts';
import { MS_PER_MINUTE } from '../instant.ts';
import type { DayNumber } from '../time-zone.ts';
import { monthsFrom, dateParts } from './periods.ts';
import {
  dayOfWriting,
  wholeWords,
  type Groups,
  type PromiseContext,
  type PromiseRule,
  type NamedTime,
} from './reading.ts';

const NEAREST = '(?:(?:ближайш|следующ|последующ)\\p{L}{2,3} )?';
/** «3», «2-3», «от 2 до 3», «3 (3)»: the last number counts. */
const COUNT =
  '(?:(?:от )?\\d{1,3}(?: ?- ?| до | или ))?(?<count>\\d{1,3}(?:[.,]\\d)?)' +
  '(?: ?\\(\\d{1,3}\\))? (?:с половиной )?';
const KIND = '(?:(?<kind>рабоч|календарн)\\p{L}{2,3} )?';
const UNIT =
  '(?<unit>мин(?:ут\\p{L}?|_)?|час(?:а|ов|ам)?|ч_?|дн(?:я|ей|ям)|день|сут(?:ок|ки)|недел(?:и|ь|ю|ям)|' +
  'месяц(?:а|ев)?|год(?:а|у)?|лет)';
/** «Через 3 дня после схода снега»: nobody knows from when to count. */
const NOT_AFTER = '(?! (?:со дня|с момента|с даты|после|до |назад|от даты|подряд))';

const WITHIN = '(?:в течени[еи]|на протяжении|через|спустя|в срок|сроком)';
const AT_MOST = '(?:не (?:более|позднее|позже|дольше|больше)|максимум)(?: чем)?(?: (?:через|за|до))?';
/** Words that lead to how long the work takes. */
const TAKES =
  '(?:займ[уе]т|рассчитан\\p{L}? на|потребу[ею]тся|понадоб[ия]тся|уйдет|срок(?:ом|и|а)?(?: \\p{L}{3,15}){0,2}(?: ?[-:])?)' +
  '(?: (?:около|примерно|порядка|ориентировочно|не более|не дольше|максимум|до))?';

/** A working day ahead is one on which somebody works. */
function addWorkingDays(count: number, context: PromiseContext): DayNumber {
  let day = dayOfWriting(context);
  for (let left = count; left > 0;) {
    day += 1;
    left -= workingHoursOn(context.calendar.data, day) === null ? 0 : 1;
  }
  return day;
}

function addMonths(count: number, context: PromiseContext): DayNumber {
  const { year, month, date } = dateParts(dayOfWriting(context));
  const { from, to } = monthsFrom(year, month + count);
  return Math.min(from + date - 1, to);
}

/** So much time after the reply; a part of a day by the clock, working hours by the calendar. */
function readSpan(count: number, { kind, unit = '' }: Groups, context: PromiseContext): NamedTime {
  const isWorking = kind === 'рабоч';
  if (/^(?:ч|мин)/.test(unit)) {
    const minutes = count * (unit.startsWith('ч') ? 60 : 1);
    const instant = isWorking
      ? addWorkingMinutes(context.calendar, context.at, minutes)
      : context.at + minutes * MS_PER_MINUTE;
    return { precision: 'hour', day: dayOfWriting(context), instant };
  }
  if (unit.startsWith('недел'))
    return { precision: 'day', day: dayOfWriting(context) + Math.ceil(count * 7) };
  if (unit.startsWith('месяц')) return { precision: 'day', day: addMonths(Math.ceil(count), context) };
  if (/^(?:год|лет)/.test(unit)) return { precision: 'day', day: addMonths(Math.ceil(count * 12), context) };
  const days = Math.ceil(count);
  return { precision: 'day', day: isWorking ? addWorkingDays(days, context) : dayOfWriting(context) + days };
}

const countOf = ({ count = '1' }: Groups): number => Number(count.replace(',', '.'));
const readCounted: PromiseRule['read'] = (groups, context) => readSpan(countOf(groups), groups, context);

const LONG_WORDS: Readonly<Record<string, number>> = {
  одно: 1,
  двух: 2,
  трех: 3,
  четырех: 4,
  пяти: 5,
  шести: 6,
  семи: 7,
  восьми: 8,
  девяти: 9,
  десяти: 10,
  пятнадцати: 15,
  двадцати: 20,
  тридцати: 30,
};

/** «В трехдневный срок», «в 10-дневный срок», «в недельный срок». */
function readTerm({ long = '', count, unit = '' }: Groups, context: PromiseContext): NamedTime {
  const days = count === undefined ? (LONG_WORDS[long] ?? 1) : Number(count);
  const units: readonly (readonly [string, string])[] = [
    ['недел', 'недели'],
    ['месяч', 'месяца'],
    ['час', 'часа'],
  ];
  return readSpan(days, { unit: units.find(([stem]) => unit.startsWith(stem))?.[1] ?? 'дня' }, context);
}

/** Ways to say how long it will take. */
export const spanRules: readonly PromiseRule[] = [
  {
    pattern: wholeWords(
      `(?:не (?:более|позднее|позже) чем )?${WITHIN} ${NEAREST}${COUNT}${KIND}${UNIT}${NOT_AFTER}`,
    ),
    needs: 'no_habit',
    read: readCounted,
  },
  {
    pattern: wholeWords(`${AT_MOST} ${COUNT}${KIND}${UNIT}${NOT_AFTER}`),
    needs: 'future',
    read: readCounted,
  },
  { pattern: wholeWords(`${TAKES} ${COUNT}${KIND}${UNIT}${NOT_AFTER}`), needs: 'no_verb', read: readCounted },
  {
    pattern: wholeWords(`за ${NEAREST}${COUNT}${KIND}${UNIT}${NOT_AFTER}`),
    needs: 'future',
    read: readCounted,
  },
  {
    pattern: wholeWords(`в(?: срок)? ближайш(?:ие|ее|ий|ую) ${COUNT}${KIND}${UNIT}${NOT_AFTER}`),
    needs: 'no_habit',
    read: readCounted,
  },
  {
    pattern: wholeWords(
      `(?:(?:в течени[еи]|через|спустя|не более|не дольше) ${NEAREST}|в ближайш(?:ие|ее|ий|ую) )${KIND}` +
        `(?<unit>минут[уы]|часа?|сут(?:ок|ки)|недел[юи]|месяца?|года?)${NOT_AFTER}`,
    ),
    needs: 'no_habit',
    read: readCounted,
  },
  {
    pattern: wholeWords('через (?<unit>день|час|неделю|месяц)(?: ?- ?| или )(?:другой|другую|(?<count>\\d))'),
    needs: 'no_habit',
    read: ({ unit, count = '2' }, context) => readSpan(Number(count), { unit }, context),
  },
  {
    pattern: wholeWords('в течени[еи] (?:(?:рабочего|всего|этого|текущего) )?дня'),
    needs: 'no_habit',
    read: (_groups, context) => ({ precision: 'day', day: dayOfWriting(context) }),
  },
  {
    pattern: wholeWords(
      `в (?:(?<count>\\d{1,3})-?|(?<long>${Object.keys(LONG_WORDS).join('|')}))?` +
        '(?<unit>дневн|суточн|недельн|месячн|часов)(?:ый|ой) срок',
    ),
    needs: 'no_habit',
    read: readTerm,
  },
];
