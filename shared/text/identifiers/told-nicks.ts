import { cueOf } from './cues.ts';
import type { Stretch } from './mail.ts';
import type { Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** These name a nick wherever it is. */
const NICK = wordList('ник ника нику ником нике никнейм* логин логина логину логином логине nick login');
/** These are things of a site as well: a nick is theirs when the network stands between. */
const PAGE = wordList(
  `акк акка акаунт* аккаунт аккаунта аккаунте аккаунтом профил* страница страницу странице страницы
  страничк* канал канале`,
);
const NETWORKS = wordList(
  'контакте авито дневник* форум* чат* группе портале лк кабинет* юла юле дром дроме макс есиа',
);
const BETWEEN = wordList(
  `мой моя мое моего моем это в на у меня города городском наш нашем электронном личном личного госуслугах
  госуслуг такой есть под по от`,
);
const MOST_WORDS = 5;
const REACH = 20;
const MOST_PIECES = 16;

interface Told {
  readonly isNick: boolean;
  /** «Ник», which has no other meaning. */
  readonly isName: boolean;
  readonly hasNetwork: boolean;
  readonly words: number;
}

/** «В ок под именем …» */
const isUnderName = (pieces: Pieces, at: number): boolean =>
  pieces.at(at).norm === 'именем' &&
  pieces.at(at - 2).norm === 'под' &&
  [at - 4, at - 6].some((back) => cueOf(pieces.at(back).norm) === 'network');

/** The word for a nick before a place, with nothing but the name of a network between. */
function toldBefore(pieces: Pieces, at: number): Told | null {
  let [words, hasNetwork] = [0, false];
  for (let back = at - 1; back > at - REACH && words <= MOST_WORDS; back -= 1) {
    const { kind, norm, text } = pieces.at(back);
    if (kind === 'sign' && !/^[:"«“„-]$/.test(text)) return null;
    if (kind === 'number' || kind === 'break' || kind === 'end') return null;
    if (kind !== 'word') continue;
    if (NICK.test(norm)) return { isNick: true, isName: /^(?:ник|nick)/u.test(norm), hasNetwork, words };
    if (isUnderName(pieces, back)) return { isNick: true, isName: true, hasNetwork: true, words };
    if (PAGE.test(norm)) return { isNick: false, isName: false, hasNetwork, words };
    const isNetwork = NETWORKS.test(norm) || cueOf(norm) === 'network';
    if (!isNetwork && !BETWEEN.test(norm)) return null;
    hasNetwork ||= isNetwork;
    words += 1;
  }
  return null;
}

const CLOSING: Readonly<Record<string, string>> = { '«': '»', '"': '"', '“': '”', '„': '“' };

function quoted(pieces: Pieces, at: number): Stretch | null {
  const close = CLOSING[pieces.at(at).text];
  if (close === undefined) return null;
  for (let end = at + 1; end < at + MOST_PIECES; end += 1)
    if (pieces.at(end).text === close) return end > at + 1 ? { from: at + 1, end } : null;
  return null;
}

/** Letters, digits and «_», «-», «.» between them. */
function runEnd(pieces: Pieces, at: number): number {
  let end = at;
  for (let next = at; next - at < MOST_PIECES; next += 1) {
    const { kind, text } = pieces.at(next);
    if (kind === 'word' || kind === 'number') end = next + 1;
    else if (kind !== 'sign' || !'_-.'.includes(text)) break;
  }
  return end;
}

const isCapital = (text: string, norm: string): boolean => text.slice(0, 1) !== norm.slice(0, 1);

/** «Баба Рая 1949», «Лидуша Цветочек»: words with capitals up to a number or a sign. */
function longEnd(pieces: Pieces, end: number): number {
  let last = end;
  for (let words = 0; words < 2; words += 1) {
    const { kind, text, norm } = pieces.at(last + 1);
    if (pieces.at(last).kind !== 'space' || (kind !== 'word' && kind !== 'number')) return last;
    if (kind === 'number') return text.length <= 4 ? last + 2 : last;
    if (!isCapital(text, norm)) return last;
    last = runEnd(pieces, last + 1);
  }
  return last;
}

/** A name no ordinary word is: with a digit, a sign or Latin letters in it. */
function isUnusual(pieces: Pieces, at: number, end: number): boolean {
  let [letters, others] = [0, 0];
  for (let index = at; index < end; index += 1) {
    const { kind, text } = pieces.at(index);
    if (kind === 'word') letters += 1;
    if (kind !== 'word' || /^[a-z]{3}/i.test(text)) others += 1;
  }
  return letters > 0 && others > 0;
}

/** «60х27» is a size. */
const isSize = (pieces: Pieces, at: number): boolean =>
  pieces.at(at).kind === 'number' && /^[xх]$/u.test(pieces.at(at + 1).norm);

/** A nick after the words for it and for where it is: «мой ник в одноклассниках Светик-Семицветик62». */
export function toldNick(pieces: Pieces, at: number): Stretch | null {
  const { kind, text, norm } = pieces.at(at);
  const isQuote = CLOSING[text] !== undefined;
  const isStart = (kind === 'word' || kind === 'number') && /^[ :-]$/.test(pieces.at(at - 1).text);
  if ((!isStart && !isQuote) || isSize(pieces, at) || NICK.test(norm) || PAGE.test(norm)) return null;
  if (BETWEEN.test(norm) || NETWORKS.test(norm) || cueOf(norm) !== null) return null;
  const end = isQuote ? 0 : runEnd(pieces, at);
  const isName = isQuote || isCapital(text, norm) || isUnusual(pieces, at, end);
  const told = isName ? toldBefore(pieces, at) : null;
  if (told === null || (!told.isNick && !told.hasNetwork && !isQuote)) return null;
  if (isQuote)
    return told.isNick || told.hasNetwork || isBeforeNetwork(pieces, at) ? quoted(pieces, at) : null;
  const hasPlace = told.hasNetwork && told.words > 0;
  const whole = isCapital(text, norm) && (told.isName || hasPlace) ? longEnd(pieces, end) : end;
  // «Логин Ростелекома», «профиль Администрации»: a plain name after other words than «ник» is the site's.
  const isPlain = whole === at + 1 && !hasPlace;
  return isPlain || /^[:/@]$/.test(pieces.at(whole).text) ? null : { from: at, end: whole };
}

/** «Аккаунт «Зоя Лесная 62» в одноклассниках». */
function isBeforeNetwork(pieces: Pieces, at: number): boolean {
  const stretch = quoted(pieces, at);
  if (stretch === null) return false;
  for (let next = stretch.end + 1; next < stretch.end + 6; next += 1)
    if (cueOf(pieces.at(next).norm) === 'network') return true;
  return false;
}

/** «Это мой ник в ок)», «так меня зовут в инсте»: words that say what the name before them was. */
function isToldAfter(pieces: Pieces, from: number): boolean {
  let words = 0;
  for (let at = from; at < from + REACH / 2 && words < MOST_WORDS; at += 1) {
    const { kind, norm } = pieces.at(at);
    if (kind === 'space') continue;
    if (kind !== 'word') return false;
    if (NICK.test(norm) || (norm === 'зовут' && words > 0)) return isLastOfTold(pieces, at + 1);
    if (!BETWEEN.test(norm) && norm !== 'так') return false;
    words += 1;
  }
  return false;
}

/** After «ник» only the network stands, or the nick itself would: «(мой ник в ок)», «мой ник ivan79». */
function isLastOfTold(pieces: Pieces, from: number): boolean {
  for (let at = from; at < from + REACH / 2; at += 1) {
    const { kind, norm, text } = pieces.at(at);
    if (kind === 'space' || (kind === 'word' && (BETWEEN.test(norm) || isNetwork(norm)))) continue;
    return kind === 'end' || kind === 'break' || (kind === 'sign' && '),.;!'.includes(text));
  }
  return false;
}

const isNetwork = (norm: string): boolean => NETWORKS.test(norm) || cueOf(norm) === 'network';

/** «Тамара_Второй_этаж (это мой ник в ок)», «Светик_семицветик — мой ник»: a nick before its word. */
export function nickToldAfter(pieces: Pieces, at: number): Stretch | null {
  const { kind, text, norm } = pieces.at(at);
  const isStart = kind === 'word' && /^(?:space|end|break)$/.test(pieces.at(at - 1).kind);
  if (!isStart || !(isCapital(text, norm) || pieces.at(at + 1).kind !== 'space')) return null;
  const end = runEnd(pieces, at);
  let next = pieces.at(end).kind === 'space' ? end + 1 : end;
  if (!'(-,'.includes(pieces.at(next).text) || next === at) return null;
  next += 1;
  return isToldAfter(pieces, next) ? { from: at, end } : null;
}
