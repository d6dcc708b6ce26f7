import type { Stretch } from './mail.ts';
import type { Pieces } from './pieces.ts';

/** A date in a text, and what is known of it. */
export interface Dated extends Stretch {
  readonly year: string;
  readonly isFull: boolean;
}

/** Parts of a date in whatever order: «в марте, 8 числа, 1941 года», «5 числа мая месяца 1939 года». */
interface Parts {
  day: string;
  year: string;
  hasMonth: boolean;
}

const REACH = 18;
const FILLER = /^(?:в|во|числа|число|месяца|месяце|месяц|год|года|году|г|го|м|е)$/u;
const isYear = (text: string): boolean => /^(?:19|20)\d\d$/.test(text);
const isDay = (text: string): boolean => text.length <= 2 && Number(text) >= 1 && Number(text) <= 31;

/** Takes one piece into the parts; false when it belongs to no date, or the part is there already. */
function take(parts: Parts, text: string, isMonth: boolean): boolean {
  if (isMonth) {
    if (parts.hasMonth) return false;
    parts.hasMonth = true;
  } else if (isYear(text) && parts.year === '') parts.year = text;
  else if (isDay(text) && parts.day === '') parts.day = text;
  else return false;
  return true;
}

/** A full date told in words in another order than the usual one, or null. */
export function looseDate(pieces: Pieces, from: number, isMonth: (word: string) => boolean): Dated | null {
  const parts: Parts = { day: '', year: '', hasMonth: false };
  let end = from;
  for (let at = from; at < from + REACH; at += 1) {
    const { kind, text, norm } = pieces.at(at);
    if (kind === 'space' || (kind === 'sign' && ',-.'.includes(text))) continue;
    if (kind === 'word' && FILLER.test(norm)) {
      // «В 8 марта …»: a date begins with a word only when that is «в».
      if (at === from && norm !== 'в' && norm !== 'во') return null;
      if (isWhole(parts) && norm.startsWith('в')) break;
      continue;
    }
    if (isWhole(parts) || (kind !== 'word' && kind !== 'number')) break;
    if (kind === 'word' && !isMonth(norm)) break;
    if (!take(parts, text, kind === 'word')) break;
    end = at + 1;
  }
  if (/^(?:числа|месяца)$/u.test(pieces.at(end + 1).norm)) end += 2;
  return isWhole(parts) ? { from, end, year: parts.year, isFull: true } : null;
}

const isWhole = ({ day, year, hasMonth }: Parts): boolean => hasMonth && day !== '' && year !== '';
