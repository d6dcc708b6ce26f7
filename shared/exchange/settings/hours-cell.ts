import type { Agency } from '#shared/domain/directory.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { WorkingHours } from '#shared/domain/working-hours.ts';
import { saidIn, WrongCell } from './row-cells.ts';
import type { SettingsCells } from './settings-table.ts';

type Hours = Agency['hours'];

const DAYS = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'] as const;

const DAY = DAYS.join('|');
const TIMES = String.raw`(\d{1,2}:\d\d)-(\d{1,2}:\d\d)`;

/** Days of one stretch or of one day, their hours and the break: «пн-пт 09:00-18:00 (13:00-14:00)». */
const PART = new RegExp(String.raw`^(${DAY})(?:-(${DAY}))? ${TIMES}(?: \(${TIMES}\))?$`);

/** Letters of such a cell: seven days of thirty letters, with room to spare. */
const LONGEST = 400;

/** Own hours of an agency as a cell: «пн-пт 09:00-18:00 (13:00-14:00); сб 10:00-14:00»; '' for none. */
export function hoursCell(hours: Hours): string {
  const parts: string[] = [];
  for (let first = 0; first < (hours?.length ?? 0);) {
    const own = hours?.[first] ?? null;
    let last = first;
    while (last < 6 && sameJson(hours?.[last + 1] ?? null, own)) last += 1;
    const days = first === last ? DAYS[first] : `${DAYS[first]}-${DAYS[last]}`;
    if (own !== null) parts.push(`${days} ${oneDayCell(own)}`);
    first = last + 1;
  }
  return parts.join('; ');
}

/** Hours of one day as a cell: «09:00-18:00 (13:00-14:00)». */
export const oneDayCell = (hours: WorkingHours): string =>
  `${stretch(hours)}${hours.break ? ` (${stretch(hours.break)})` : ''}`;

const stretch = ({ from, to }: { readonly from: string; readonly to: string }): string => `${from}-${to}`;

/** Reads own hours; undefined for those of the centre. Days that are not named are off. */
export function hoursIn(cells: SettingsCells, kept: Hours): Hours {
  const said = saidIn(cells, 'hours');
  if (said === undefined || said === hoursCell(kept)) return kept;
  if (said.trim() === '') return undefined;
  if (said.length > LONGEST) throw new WrongCell('hours', 'broken_hours');
  const week: (WorkingHours | null)[] = DAYS.map(() => null);
  for (const part of said.split(/[;\n]/)) {
    if (part.trim() === '') continue;
    const [, from, to = from, ...times] = PART.exec(plainHours(part)) ?? [];
    const [first, last] = [from, to].map((day) => DAYS.findIndex((one) => one === day)) as [number, number];
    if (first === -1 || last < first) throw new WrongCell('hours', 'broken_hours');
    const hours = hoursOf(times, 'broken_hours');
    for (let day = first; day <= last; day += 1) week[day] = hours;
  }
  return week;
}

const plainHours = (text: string): string =>
  text.toLowerCase().replaceAll(/[–—]/g, '-').replaceAll(/\s+/g, ' ').replaceAll(/ ?- ?/g, '-').trim();

const ONE_DAY = new RegExp(String.raw`^${TIMES}(?: \(${TIMES}\))?$`);

/** Reads the hours of one day, as {@link oneDayCell} writes them. Throws WrongCell. */
export function oneDayIn(said: string): WorkingHours {
  const [, ...times] = ONE_DAY.exec(plainHours(said.slice(0, LONGEST))) ?? [];
  return hoursOf(times, 'broken_day_hours');
}

function hoursOf(
  times: readonly (string | undefined)[],
  why: 'broken_hours' | 'broken_day_hours',
): WorkingHours {
  const [from = '', to = '', restFrom, restTo] = times.map((time) => time?.padStart(5, '0'));
  const all = [from, to, ...(restFrom === undefined || restTo === undefined ? [] : [restFrom, restTo])];
  if (!all.every((time) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time)))
    throw new WrongCell('hours', why);
  return restFrom === undefined || restTo === undefined
    ? { from, to }
    : { from, to, break: { from: restFrom, to: restTo } };
}
