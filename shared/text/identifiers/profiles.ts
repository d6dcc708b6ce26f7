import type { Stretch } from './mail.ts';
import type { Piece, Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** Where people have pages of their own, without the domain of the highest level. */
const NETWORKS = wordList(
  `vk vkontakte ok odnoklassniki t tg telegram tele tlgg wa whatsapp viber instagram instagr insta
  facebook fb twitter x tiktok youtube max dzen zen rutube livejournal threads discord steamcommunity
  my taplink linktr snapchat pinterest skype badoo tinder avito drive2 вк вконтакте ок одноклассники т
  тг телеграм ватсап вацап вайбер инстаграм фейсбук`,
);
const TOPS = new Set('com ru me net org tv ee cc gg click app live su рф ком ру ме'.split(' '));
/** Of the network's own addresses, such as m.vk.com. */
const SUBDOMAINS = new Set('www my m mobile web new api chat invite l wap'.split(' '));
const SCHEMES = new Set(['http', 'https', 'viber', 'tg', 'skype', 'whatsapp', 'mailto', 'tel', 'vk', 'max']);
/** Their addresses are a person's by the scheme alone. */
const PERSONAL_SCHEMES = new Set(['viber', 'tg', 'skype', 'whatsapp', 'tel', 'vk', 'max']);
/** Beginnings of addresses of a community, of the network or of a film: nobody's own page. */
const OF_COMMUNITY = 'wall photo video topic album market clip story doc audio_playlist app'.split(' ');
const OF_ALL = `club public event app apps group topic video watch live shorts feed playlist help about
  blog legal press support`.split(/\s+/u);
const PUBLIC = new RegExp(
  `^/?(?:(?:${OF_COMMUNITY.join('|')})-\\d|(?:${OF_ALL.join('|')})(?![a-zа-яё])|[as]/)`,
  'iu',
);
/** Of whatever site: what follows is a person's page. */
const PERSONAL = /^(?:users?|profiles?|people|members?|author|u|id\d{3,}|@)$/iu;

/** An address in a network; `isPublic`: a community's or a post's, which stays. */
interface Page extends Stretch {
  readonly isPublic: boolean;
}

/** Longer addresses are read as far as this; what is beyond stays. */
const MOST_PIECES = 200;
const CLOSING = '.,;:!?)]}»"\'…';

const isOfAddress = ({ kind, text }: Piece): boolean =>
  kind === 'word' || kind === 'number' || (kind === 'sign' && !'<>"«»“”„|'.includes(text));

function addressEnd(pieces: Pieces, at: number): number {
  let end = at;
  while (end - at < MOST_PIECES && isOfAddress(pieces.at(end))) end += 1;
  while (end > at && pieces.at(end - 1).kind === 'sign' && CLOSING.includes(pieces.at(end - 1).text))
    end -= 1;
  return end;
}

const textOf = (pieces: Pieces, from: number, end: number): string => {
  let text = '';
  for (let at = from; at < end; at += 1) text += pieces.at(at).text;
  return text;
};

/** Back over `https://`, `www.` and `m.` before the name of a network. */
function addressStart(pieces: Pieces, at: number, least: number): number {
  let from = at;
  for (let more = 0; more < 3 && from - 2 >= least; more += 1)
    if (pieces.at(from - 1).text === '.' && SUBDOMAINS.has(pieces.at(from - 2).norm)) from -= 2;
  const hasScheme =
    from - 4 >= least &&
    pieces.at(from - 1).text === '/' &&
    pieces.at(from - 2).text === '/' &&
    pieces.at(from - 3).text === ':' &&
    SCHEMES.has(pieces.at(from - 4).norm);
  return hasScheme ? from - 4 : from;
}

/** `viber://chat?number=…`, `tel:8914…`, `skype:ivan`. */
function byScheme(pieces: Pieces, at: number): Page | null {
  if (!PERSONAL_SCHEMES.has(pieces.at(at).norm) || pieces.at(at + 1).text !== ':') return null;
  const isCall = pieces.at(at + 2).text === '/' && pieces.at(at + 3).text === '/';
  const end = addressEnd(pieces, at + 2);
  return isCall && end > at + 4 ? { from: at, end, isPublic: false } : null;
}

/** The first part of a path, as `user` or `id123`. */
const pathBegin = (pieces: Pieces, path: number): string =>
  textOf(pieces, path, pieces.at(path + 1).kind === 'number' ? path + 2 : path + 1);

/** `https://www.livejournal.com`-like names that stand before the network: `ivan.livejournal.com`. */
function byDomain(pieces: Pieces, at: number, least: number): Page | null {
  const { norm } = pieces.at(at);
  const isNetwork = NETWORKS.test(norm) || (norm === 'mail' && pieces.at(at - 2).norm === 'my');
  const hasPoint = pieces.at(at + 1).text === '.' || (pieces.at(at + 1).text === ' ' && norm.length > 1);
  if (!hasPoint || !(isNetwork || pieces.at(at + 1).text === '.') || !TOPS.has(pieces.at(at + 2).norm))
    return null;
  let slash = at + 3;
  if (pieces.at(slash).kind === 'space') slash += 1;
  if (pieces.at(slash).text !== '/') return null;
  let path = slash + 1;
  if (pieces.at(path).kind === 'space') path += 1;
  const end = addressEnd(pieces, path);
  if (end === path) return null;
  if (isNetwork && PUBLIC.test(textOf(pieces, path, Math.min(end, path + 4))))
    return { from: at, end, isPublic: true };
  if (!isNetwork && !PERSONAL.test(pathBegin(pieces, path))) return null;
  return { from: addressStart(pieces, at, least), end, isPublic: false };
}

/** A link to a person's page or talk that holds the word at a place; `least` is where the last find ended. */
export function profileAt(pieces: Pieces, at: number, least: number): Page | null {
  return pieces.at(at).kind === 'word' ? (byScheme(pieces, at) ?? byDomain(pieces, at, least)) : null;
}
