import { cueOf } from './cues.ts';
import type { Piece, Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

export interface Stretch {
  readonly from: number;
  readonly end: number;
}

const DOGS = new Set([
  'собака',
  'собачка',
  'собачкa',
  'собакa',
  'собаки',
  'сабака',
  'сабачка',
  'собаку',
  'собакой',
  'dog',
  'sobaka',
  'at',
  'эт',
  'гав',
]);
const DOTS = new Set(['точка', 'точкa', 'тчк', 'dot', 'tochka']);
/** Words for the signs inside a name: «иван нижнее подчёркивание петров», «иван тире петров». */
const JOINTS = new Set([
  'точка',
  'тчк',
  'dot',
  'тире',
  'дефис',
  'минус',
  'подчеркивание',
  'подчерк',
  'underscore',
  'плюс',
]);
const PROVIDERS = wordList(
  `email mail mailru gmail yandex rambler inbox icloud outlook hotmail yahoo protonmail proton мейл маил
  мэйл майл емейл яндекс рамблер гмейл гмайл джимейл джимайл жмейл инбокс айклауд аутлук`,
);
const LATIN_PROVIDER = 'e?mail|gmail|yandex|ya|bk|list|inbox|rambler|icloud';
const RUSSIAN_PROVIDER = 'мейл|мэйл|майл|гмейл|гмайл|яндекс|инбокс|рамблер';
const GLUED_PROVIDER = new RegExp(`^(?:${LATIN_PROVIDER}|${RUSSIAN_PROVIDER})`, 'u');
/** These are words too, so an ending of an address has to follow. */
const SHORT_PROVIDERS = wordList(`ya bk list vk я бк лист почта`);
const TOPS = wordList(
  `ру рф ком нет орг су ua ru com net org рус su info me инфо by kz gov edu pro io online site moscow
  москва`,
);

const MOST_PIECES = 24;
const isNamePart = ({ kind, text }: Piece): boolean =>
  kind === 'word' || kind === 'number' || (kind === 'sign' && "._-+%'".includes(text));
const isHostPart = ({ kind, text }: Piece): boolean =>
  kind === 'word' || kind === 'number' || (kind === 'sign' && '.-_'.includes(text));

/** The first piece of what stands right before a place without a space. */
function nameStart(pieces: Pieces, at: number, least: number): number {
  let from = at;
  while (from > least && at - from < MOST_PIECES && isNamePart(pieces.at(from - 1))) from -= 1;
  while (from < at && pieces.at(from).kind === 'sign') from += 1;
  return from;
}

/** «lena brb79@mail.ru»: a Latin word that stands before an address with a space belongs to its name. */
function strayStart(pieces: Pieces, from: number, least: number): number {
  const before = pieces.at(from - 2);
  const isLatin = before.kind === 'word' && /^[a-z]{2,}$/u.test(before.norm);
  const isOwn = from - 2 >= least && pieces.at(from - 1).kind === 'space' && isLatin;
  return isOwn && cueOf(before.norm) === null ? nameStart(pieces, from - 1, least) : from;
}

function hostEnd(pieces: Pieces, at: number): number {
  let end = at;
  while (end - at < MOST_PIECES && isHostPart(pieces.at(end))) end += 1;
  while (end > at && pieces.at(end - 1).kind === 'sign') end -= 1;
  return end;
}

const skipSpace = (pieces: Pieces, at: number): number => (pieces.at(at).kind === 'space' ? at + 1 : at);
/** Latin letters between Russian ones are seen as Russian: «сoбaкa». */
const isDog = (norm: string): boolean =>
  DOGS.has(norm) ||
  (/[а-я]/u.test(norm) && DOGS.has(norm.replaceAll('a', 'а').replaceAll('o', 'о').replaceAll('c', 'с')));
const isDot = ({ text, norm }: Piece): boolean => text === '.' || text === ',' || DOTS.has(norm);

/**
 * A point in whatever writing, with spaces or brackets round it; the piece after it, or `at` when there is
 * none.
 */
function dotEnd(pieces: Pieces, at: number): number {
  let next = skipSpace(pieces, at);
  const isOpen = '([{<'.includes(pieces.at(next).text || '-');
  if (isOpen) next += 1;
  if (!isDot(pieces.at(next))) return at;
  next += 1;
  if (isOpen && ')]}>'.includes(pieces.at(next).text || '-')) next += 1;
  return skipSpace(pieces, next);
}

/**
 * A host told in words or with spaces: «mail ru», «mail . ru», «яндекс точка ру»; its end, or `at` when
 * there is none.
 */
function looseHost(pieces: Pieces, at: number): number {
  const tight = hostEnd(pieces, at);
  if (tight === at) return at;
  let end = tight;
  let dots = pieces.at(tight - 2).text === '.' ? 1 : 0;
  for (let more = 0; more < 4; more += 1) {
    const next = dotEnd(pieces, end);
    if (next === end) break;
    const isComma = pieces.at(skipSpace(pieces, end)).text === ',';
    // «почта.рф, мейл.ру»: the next of a list.
    if (isComma && dots > 0 && TOPS.test(pieces.at(end - 1).norm)) break;
    const last = hostEnd(pieces, next);
    const isTop = TOPS.test(pieces.at(last - 1).norm);
    if (last === next || (!isTop && (isComma || pieces.at(skipSpace(pieces, end)).text === '.'))) break;
    end = last;
    dots += 1;
  }
  if (dots > 0) return end;
  const isKnown = PROVIDERS.test(pieces.at(at).norm);
  if (!isKnown && !SHORT_PROVIDERS.test(pieces.at(at).norm)) return at;
  const spaced = skipSpace(pieces, end);
  if (TOPS.test(pieces.at(spaced).norm)) return spaced + 1;
  return isKnown ? end : at;
}

/** A name told in words before «собака»: at most its last few parts joined by words for signs. */
function looseName(pieces: Pieces, at: number, least: number): number {
  let from = nameStart(pieces, at, least);
  if (from === at) return at;
  for (let more = 0; more < 4; more += 1) {
    let joint = from - (pieces.at(from - 1).kind === 'space' ? 2 : 1);
    const joins = JOINTS.has(pieces.at(joint).norm);
    if (!joins || joint <= least) break;
    if (pieces.at(joint - 2).norm.startsWith('нижн')) joint -= 2;
    const before = joint - (pieces.at(joint - 1).kind === 'space' ? 1 : 0);
    const start = nameStart(pieces, before, least);
    if (start === before) break;
    from = start;
  }
  return from;
}

/** «anna . smirnova»: the parts of a name before a sign with spaces round it. */
function spacedName(pieces: Pieces, at: number, least: number): number {
  let from = nameStart(pieces, at, least);
  for (let more = 0; more < 4 && from < at; more += 1) {
    const isPoint = pieces.at(from - 1).kind === 'space' && /^[._-]$/.test(pieces.at(from - 2).text);
    const before = isPoint && pieces.at(from - 3).kind === 'space' ? from - 3 : 0;
    const start = before > least ? nameStart(pieces, before, least) : before;
    if (start >= before) break;
    from = start;
  }
  return from;
}

/** `name@host`, in any script, with or without spaces round the sign; the piece at `at` is the sign. */
function signed(pieces: Pieces, at: number, least: number): Stretch | null {
  const isSpacedBefore = pieces.at(at - 1).kind === 'space';
  const isSpacedAfter = pieces.at(at + 1).kind === 'space';
  const nameEnd = isSpacedBefore ? at - 1 : at;
  const from =
    isSpacedBefore && isSpacedAfter ? spacedName(pieces, nameEnd, least) : nameStart(pieces, nameEnd, least);
  if (from === nameEnd) return null;
  // «zahar@@mail.ru»
  const isDoubled = pieces.at(at + 1).text === '@';
  const host = at + (isSpacedAfter || isDoubled ? 2 : 1);
  const end = looseHost(pieces, host);
  // After a space «@name» is a nick, unless it ends as an address does: «ivanov @mail.ru».
  if (isSpacedBefore && !isSpacedAfter && !TOPS.test(pieces.at(end - 1).norm)) return null;
  if (end > host) return { from: strayStart(pieces, from, least), end };
  const tight = hostEnd(pieces, host);
  // «45@кг» is a price.
  if (tight === host + 1 && nameEnd === from + 1 && pieces.at(from).kind === 'number') return null;
  return isSpacedBefore || isSpacedAfter || tight === host ? null : { from, end: tight };
}

/** «имя (собака) почта точка ру»: the word, in brackets or not, between a name and a host. */
function spelled(pieces: Pieces, at: number, least: number): Stretch | null {
  const isWrapped =
    '([{<*«"'.includes(pieces.at(at - 1).text || '-') && ')]}>*»"'.includes(pieces.at(at + 1).text || '-');
  const [open, close] = isWrapped ? [at - 1, at + 2] : [at, at + 1];
  const nameEnd = /^(?:space)$/.test(pieces.at(open - 1).kind) ? open - 1 : open;
  const tail = /^[-._]$/.test(pieces.at(nameEnd - 1).text) ? nameEnd - 1 : nameEnd;
  const from = looseName(pieces, tail, least);
  if (from === tail) return null;
  const isDashed = /^[-._]$/.test(pieces.at(close).text);
  const host = skipSpace(pieces, isDashed ? close + 1 : close);
  const end = looseHost(pieces, host);
  if (end === host) return null;
  const isCertain = isWrapped || PROVIDERS.test(pieces.at(host).norm) || TOPS.test(pieces.at(end - 1).norm);
  return isCertain ? { from, end } : null;
}

/** «raya54 на yandex.ru», «raya54#yandex.ru»: a Latin name beside a provider's full address. */
function besideProvider(pieces: Pieces, at: number, least: number): Stretch | null {
  const isSpaced = pieces.at(at - 1).kind === 'space';
  const nameEnd = isSpaced ? at - 1 : at;
  const from = nameStart(pieces, nameEnd, least);
  const host = skipSpace(pieces, at + 1);
  const end = hostEnd(pieces, host);
  const isName = from < nameEnd && /^[a-z]+$/u.test(pieces.at(from).norm);
  const isHost = end === host + 3 && TOPS.test(pieces.at(end - 1).norm);
  const isProvider = PROVIDERS.test(pieces.at(host).norm) || SHORT_PROVIDERS.test(pieces.at(host).norm);
  return isName && isHost && isProvider && (!isSpaced || nameEnd > from + 1) ? { from, end } : null;
}

const GLUED_DOG = /собак[аиуо]й?|собачк[аиуо]й?|sobaka/u;

/** «ivan1980собакаmail.ru», «раясобакаяндексточкару»: the word for the sign run together with the rest. */
function glued(pieces: Pieces, at: number, least: number): Stretch | null {
  const { norm } = pieces.at(at);
  const dog = GLUED_DOG.exec(norm);
  if (dog === null) return null;
  const from = dog.index > 0 ? nameStart(pieces, at + 1, least) : nameStart(pieces, at, least);
  if (from === at && dog.index === 0) return null;
  const host = norm.slice(dog.index + dog[0].length);
  if (GLUED_PROVIDER.test(host)) return { from, end: hostEnd(pieces, at) };
  return host === '' && looseHost(pieces, skipSpace(pieces, at + 1)) > at + 2
    ? { from, end: looseHost(pieces, skipSpace(pieces, at + 1)) }
    : null;
}

/**
 * An address whose name begins with digits, which would else be taken for a telephone:
 * «79145551213@mail.ru».
 */
export function mailAhead(pieces: Pieces, from: number, least: number): Stretch | null {
  let at = from;
  while (at - from < MOST_PIECES && isNamePart(pieces.at(at))) at += 1;
  for (let more = 0; more < 3; more += 1) {
    const found = mailAt(pieces, at + more, least);
    if (found !== null) return found.from <= from ? found : null;
    if (pieces.at(at + more).kind !== 'space' && !isOpening(pieces.at(at + more))) return null;
  }
  return null;
}

const isOpening = ({ text }: Piece): boolean => text !== '' && '([{<*«"'.includes(text);

/** An address of mail round the sign or the word for it at a place; `least` is where the last find ended. */
export function mailAt(pieces: Pieces, at: number, least: number): Stretch | null {
  const { kind, text, norm } = pieces.at(at);
  if (kind === 'sign' && text === '#') return besideProvider(pieces, at, least);
  if (kind === 'sign') return text === '@' ? signed(pieces, at, least) : null;
  if (kind !== 'word') return null;
  const isWrapped = /^[([{]$/.test(pieces.at(at - 1).text) && (norm === 'a' || norm === 'а');
  if (isDog(norm) || isWrapped) return spelled(pieces, at, least);
  return norm === 'на' ? besideProvider(pieces, at, least) : glued(pieces, at, least);
}
