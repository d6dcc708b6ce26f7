import { nextWeekday, WEEKDAY } from './date-rules.ts';
import { MONTH } from './periods.ts';
import {
  dayOfWriting,
  wholeWords,
  type Groups,
  type NamedTime,
  type PromiseContext,
  type PromiseRule,
} from './reading.ts';

const CLOCK = (name: string): string =>
  `(?<${name}>\\d{1,2})(?:[:.-](?<${name}Minute>[0-5]\\d))?(?: ?(?<${name}Word>час(?:ов|ам|а|у)?|ч_?)(?!\\p{L}))?` +
  `(?: (?<${name}Part>утра|дня|вечера|ночи)(?!\\p{L}))?(?![\\d:]|\\.\\d| ?${MONTH})`;
const DAY_PARTS: readonly (readonly [RegExp, number])[] = [
  [/^утр/, 12 * 60],
  [/^обед/, 14 * 60],
  [/^1 половин/, 13 * 60],
  [/^2 половин/, 18 * 60],
  [/^вечер/, 21 * 60],
];
const NIGHT_ENDS = 6 * 60;

/** Minutes since midnight of «6 вечера», «18:00»; null of no such hour. */
function minuteOf(
  hour: string | undefined,
  minute: string | undefined,
  part: string | undefined,
): number | null {
  const plain = Number(hour);
  const isLater = (part === 'вечера' || part === 'дня') && plain < 12;
  const hours = plain + (isLater ? 12 : 0);
  return hours > 24 || Number.isNaN(plain) ? null : hours * 60 + Number(minute ?? 0);
}

/** An hour; a bare number is one only where «часов» or «утра» stands with it. */
function readClock(groups: Groups, context: PromiseContext): NamedTime | null {
  const { to, toMinute, toWord, toPart, weekday } = groups;
  if (toMinute === undefined && toWord === undefined && toPart === undefined) return null;
  const minute = minuteOf(to, toMinute, toPart);
  if (minute === null) return null;
  if (weekday === undefined) return { precision: 'hour', day: null, minute };
  return { precision: 'hour', day: nextWeekday(weekday, context), minute, isWeekday: true };
}

function readBareHour({ to }: Groups): NamedTime | null {
  const minute = minuteOf(to, undefined, undefined);
  return minute === null ? null : { precision: 'hour', day: null, minute };
}

/** Ways to name an hour or a part of a day. */
export const hourRules: readonly PromiseRule[] = [
  {
    pattern: wholeWords(
      '(?:с \\d{1,2}(?:[:.-][0-5]\\d)?(?: час(?:ов|а)?)? )?(?:ориентировочно |примерно )?' +
        `(?:до|ко?|не поздн?ее|не позже|в|около|по|со?) ${CLOCK('to')}` +
        // «К 6:00 понедельника»
        `(?: ${WEEKDAY}(?!\\p{L}))?`,
    ),
    needs: 'future',
    read: readClock,
  },
  {
    // «В понедельник с 10 до 12»: bare numbers are hours beside a day.
    pattern: wholeWords(
      `(?<=(?:ник|среду|четверг|пятницу|субботу|воскресенье|завтра|сегодня|утром|днем|${MONTH}),? )` +
        'с (?:[0-9]|1\\d|2[0-3]) до (?<to>\\d{1,2})(?=[,.;!)]|$| [^\\d])',
    ),
    needs: 'future',
    read: readBareHour,
  },
  {
    pattern: wholeWords(`(?:срок|время)(?: \\p{L}{3,20}){0,3}(?: ?[-:])? ${CLOCK('to')}`),
    needs: 'no_verb',
    read: readClock,
  },
  {
    pattern: wholeWords(
      '(?:(?:до|ко?|после|в|во|не позднее) )?' +
        '(?<part>утр(?:ом|у|а)|обед(?:а|у)|[12] половин[еуы] дня|вечер(?:ом|у|а)?)' +
        // «К вечеру пятницы»
        `(?: ${WEEKDAY}(?!\\p{L}))?`,
    ),
    needs: 'future',
    read: ({ part = '', weekday }, context) => {
      const minute = DAY_PARTS.find(([stem]) => stem.test(part))?.[1];
      const day = weekday === undefined ? null : nextWeekday(weekday, context);
      return minute === undefined ? null : { precision: 'hour', day, minute, isPartOfDay: true };
    },
  },
  {
    pattern: wholeWords('(?:до конца|к концу|в конце) (?:(?:текущего|этого|рабочего|сегодняшнего) ){0,2}дня'),
    needs: 'nothing',
    read: (_groups, context) => ({ precision: 'day', day: dayOfWriting(context) }),
  },
  {
    pattern: wholeWords('(?:(?:этой |сегодня )?ночью|в течение ночи)'),
    needs: 'future',
    read: (_groups, context) => ({ precision: 'hour', day: dayOfWriting(context) + 1, minute: NIGHT_ENDS }),
  },
];
