import type { Stretch } from './mail.ts';
import type { Near } from './near.ts';
import type { Piece, Pieces } from './pieces.ts';
import { isOfThing } from './things.ts';
import { nickToldAfter, toldNick } from './told-nicks.ts';
import { wordList } from './word-list.ts';

const MOST_PIECES = 24;
const isNickPart = ({ kind, text }: Piece): boolean =>
  kind === 'word' || kind === 'number' || (kind === 'sign' && '._-'.includes(text));

function nickEnd(pieces: Pieces, at: number): number {
  let end = at;
  while (end - at < MOST_PIECES && isNickPart(pieces.at(end))) end += 1;
  while (end > at && pieces.at(end - 1).kind === 'sign' && pieces.at(end - 1).text !== '_') end -= 1;
  return end;
}

/** Skype's `live:name`, Discord's `name#1234`. */
function wholeEnd(pieces: Pieces, at: number): number {
  const isLive = pieces.at(at).norm === 'live' && pieces.at(at + 1).text === ':';
  const end = nickEnd(pieces, isLive ? at + 2 : at);
  return pieces.at(end).text === '#' && pieces.at(end + 1).kind === 'number' ? end + 2 : end;
}

/** `@name`, not after a letter or a digit. */
function atName(pieces: Pieces, at: number): Stretch | null {
  const { text } = pieces.at(at);
  const before = pieces.at(at - 1).kind;
  if ((text !== '@' && text !== '*') || before === 'word' || before === 'number') return null;
  const from = pieces.at(at + 1).kind === 'space' ? at + 2 : at + 1;
  const end = nickEnd(pieces, from);
  const isSpaced = from === at + 2 && !/^[a-z_]/u.test(pieces.at(from).norm);
  // «*ivan79», «*id1 (Иван)» are mentions, «*звёздочки» are not.
  const isStarred = text === '*' && !(isLatin(pieces.at(from)) && end > from + 1 && from === at + 1);
  return end > from && !isSpaced && !isStarred ? { from: at, end: shownEnd(pieces, end) } : null;
}

/** «@id5 (Пётр)»: the name a network shows for a page. */
function shownEnd(pieces: Pieces, end: number): number {
  const isPage = pieces.at(end - 2).norm === 'id' && pieces.at(end).kind === 'space';
  if (!isPage || pieces.at(end + 1).text !== '(') return end;
  for (let close = end + 2; close < end + MOST_PIECES; close += 1)
    if (pieces.at(close).text === ')') return close + 1;
  return end;
}

/** A network's own mark-up of a mention: `[id5|Пётр]`. */
function mention(pieces: Pieces, at: number): Stretch | null {
  if (pieces.at(at).text !== '[' || !/^(?:id|club|public)$/.test(pieces.at(at + 1).norm)) return null;
  if (pieces.at(at + 2).kind !== 'number' || pieces.at(at + 3).text !== '|') return null;
  for (let end = at + 4; end < at + MOST_PIECES + 4; end += 1)
    if (pieces.at(end).text === ']') return { from: at, end: end + 1 };
  return null;
}

/** `id123456`. */
function numbered(pieces: Pieces, at: number): Stretch | null {
  if (isOfThing(pieces, at)) return null;
  const isOwnId = /^(?:id|айди)$/u.test(pieces.at(at).norm) && /^[ :]$/.test(pieces.at(at + 1).text);
  const number = pieces.at(at + 2).kind === 'space' ? at + 3 : at + 2;
  if (isOwnId && pieces.at(number).kind === 'number' && pieces.at(number).text.length >= 7)
    return { from: number, end: number + 1 };
  const isId = pieces.at(at).norm === 'id' && pieces.at(at + 1).kind === 'number';
  return isId && pieces.at(at + 1).text.length >= 5 && pieces.at(at - 1).text !== '/'
    ? { from: at, end: at + 2 }
    : null;
}

const PRODUCTS = wordList(
  `web premium business reels stories direct messenger bot chat desktop android ios iphone plus live
  telegram tg instagram insta inst whatsapp viber vk ok max youtube tiktok facebook twitter discord
  skype shorts video music mail online rus ru com wi fi sms qr pdf id e kb mb gb google yandex wi-fi
  wifi windows galaxy redmi covid office python chrome playstation`,
);
/** These give telephones as a rule, and names now and then. */
const MESSENGERS = /^(?:[вb][ао]т?[сц]ап|whatsapp|вайбер|viber)/u;
/** Words that may stand between a network's name and the nick. */
const BETWEEN = wordList(
  `мой моя мое я это ник ника ником под нике никнейм аккаунт аккаунте аккаунта профиль профиле логин
  госуслуг госуслугах портале сайте приложении игре есть там тут вот по на в у меня наш написать пишите
  найти найдете искать ищите как зовут имя адрес такой личку личка лс и или канал нику имени именем`,
);
const MOST_BETWEEN = 6;
const isLatin = ({ kind, text }: Piece): boolean => kind === 'word' && /^[a-z]/i.test(text);

/**
 * A name in Latin letters that no product has: with a digit, a point, an underscore, or simply a word beside
 * a network.
 */
function latinNick(pieces: Pieces, at: number): number {
  const first = pieces.at(at);
  const second = pieces.at(at + 1);
  const isMixed = first.kind === 'word' && (second.kind === 'number' || second.text === '_');
  const isStart =
    isLatin(first) || isMixed || first.text === '_' || (first.kind === 'number' && isLatin(second));
  if (!isStart) return at;
  const end = wholeEnd(pieces, at);
  const length = pieces.at(end - 1).end - first.start;
  return length < 3 || (end === at + 1 && PRODUCTS.test(first.norm)) ? at : end;
}

/** «тг ivan_79», «инст: anna.p», «ник ivan79»: after the name of a network or the word itself. */
function afterCue(pieces: Pieces, at: number, near: Near): Stretch | null {
  const isCued =
    near.cue === 'network' || near.cue === 'nick' || near.cue === 'mail' || MESSENGERS.test(near.word);
  if (!isCued || near.words > MOST_BETWEEN || !isOnlyBetween(pieces, at, near.words)) return null;
  if (pieces.at(at - 1).kind === 'number') return null;
  const end = latinNick(pieces, at);
  const isPlain = end === at + 1;
  // «Телеграм t.me»
  const isHost =
    end === at + 3 && pieces.at(at + 1).text === '.' && /^(?:ru|com|me|net)$/u.test(pieces.at(at + 2).norm);
  if (
    end === at ||
    isHost ||
    OF_FILES.test(pieces.at(at).norm) ||
    isLinked(pieces, end) ||
    (isPlain && near.cue === 'mail')
  )
    return null;
  return { from: at, end };
}

/** Where an address of a site goes on, it is no nick. */
const isLinked = (pieces: Pieces, end: number): boolean =>
  pieces.at(end).text === '/' || pieces.at(end).text === ':' || pieces.at(end).text === '@';

function isOnlyBetween(pieces: Pieces, at: number, words: number): boolean {
  let seen = 0;
  for (let back = at - 1; seen < words && back > at - 4 * MOST_BETWEEN; back -= 1) {
    const { kind, norm } = pieces.at(back);
    if (kind === 'number') return false;
    if (kind !== 'word') continue;
    if (!BETWEEN.test(norm)) return false;
    seen += 1;
  }
  return true;
}

const QUOTES: Readonly<Record<string, string>> = { '«': '»', '"': '"', '“': '”', '„': '“' };

/** «под ником «Злой сосед»», «ник Солнышко»: whatever stands there is the nick. */
function called(pieces: Pieces, at: number, near: Near): Stretch | null {
  if (
    near.cue !== 'nick' ||
    near.words > 0 ||
    !/^(?:ник|ника|нику|ником|нике|никнейм.*|логин.?)$/u.test(near.word)
  )
    return null;
  const close = QUOTES[pieces.at(at).text];
  if (close !== undefined) {
    for (let end = at + 1; end < at + MOST_PIECES; end += 1)
      if (pieces.at(end).text === close) return { from: at + 1, end };
    return null;
  }
  const end = pieces.at(at).kind === 'word' || pieces.at(at).kind === 'number' ? nickEnd(pieces, at) : at;
  if (end === at || BETWEEN.test(pieces.at(at).norm)) return null;
  // «Логин не принимает портал»: a plain word in small letters is no name, but after a colon or a dash it is.
  const isWord = end === at + 1 && /^[а-я]+$/u.test(pieces.at(at).norm);
  const isPlain = isWord && pieces.at(at).text.slice(0, 1) === pieces.at(at).norm.slice(0, 1);
  const isTied = /^[:-]$/.test(pieces.at(at - 1).text) || /^[:-]$/.test(pieces.at(at - 2).text);
  // «Логин Ростелекома»
  const isOfSite = isWord && near.word.startsWith('логин');
  return (isPlain && !isTied) || isOfSite ? null : { from: at, end };
}

/** Files of photographs are named so. */
const OF_FILES = /^(?:img|dsc|dscn|dscf|vid|pxl|mvi|photo|screenshot|image|scan|doc|file|utm|wp)$/u;

const EXTENSIONS = wordList(
  'pdf doc docx xls xlsx rtf odt txt jpg jpeg png heic gif bmp mp3 mp4 avi mov zip rar',
);

/** «zloy_batya», «tanya_79»: Latin letters with an underscore are a name in some network without any word. */
function underscored(pieces: Pieces, at: number): Stretch | null {
  const first = pieces.at(at);
  const before = pieces.at(at - 1);
  const isFree = before.kind === 'space' || before.kind === 'end' || /^[(,;:«"-]$/.test(before.text);
  if (!isLatin(first) || !isFree || OF_FILES.test(first.norm)) return null;
  const end = nickEnd(pieces, at);
  let hasUnderscore = false;
  for (let next = at + 1; next < end; next += 1) hasUnderscore ||= pieces.at(next).text === '_';
  // «ryabushka79», «kravec.79»
  const last = pieces.at(end - 1);
  const isShort = end === at + 2 || (end === at + 3 && pieces.at(at + 1).text === '.');
  const hasFigures = last.kind === 'number' && last.text.length > 1;
  const isNumbered = isShort && hasFigures && first.text.length > 4 && !PRODUCTS.test(first.norm);
  const isFile = pieces.at(end - 2).text === '.' && EXTENSIONS.test(last.norm);
  return (hasUnderscore || isNumbered) && !isFile && !isLinked(pieces, end) ? { from: at, end } : null;
}

/** A name in a network that begins at a place. */
export const nickAt = (pieces: Pieces, at: number, near: Near): Stretch | null =>
  atName(pieces, at) ??
  mention(pieces, at) ??
  numbered(pieces, at) ??
  toldNick(pieces, at) ??
  nickToldAfter(pieces, at) ??
  called(pieces, at, near) ??
  afterCue(pieces, at, near) ??
  underscored(pieces, at);
