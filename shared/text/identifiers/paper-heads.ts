import { cueOf } from './cues.ts';
import type { Pieces } from './pieces.ts';
import { isOfThing } from './things.ts';
import { wordList, type WordList } from './word-list.ts';

/** The name of a private person's paper before a number. */
export interface PaperHead {
  /** Words between that say nothing of the number. */
  readonly words: number;
  /** «№» or «номер» stands right before the number. */
  readonly isSigned: boolean;
  /** A contract. */
  readonly isDeal: boolean;
  /** The looks of the number, for papers that firms and authorities have as well. */
  readonly shape: RegExp | null;
}

/** Papers only people have. Shortened ones with a dash or a stroke are told by their beginning. */
const OWN = wordList(
  `паспорт паспорта паспорту паспортом паспорте паспортные пасп загран* договор* дог дду соцконтракт*
  соцнайм* свид св свидет* свидетельств* удост* уд полис* медполис* страховк* справк* спр
  сертификат* диплом* аттестат* вкладыш* внж рвп элн больничн* нетрудоспособн* книжк* студбилет*
  студенческ* охотбилет* охотничий охотничьего военник* зачетк* роха роху медкарт* карточк*
  жетон* пенсионн* ветеранск* водительск* стс птс осаго дмс вмп абонемент* путевк* миграционн*`,
);

/** Of anybody: `beside` are words that make a paper a person's, `shape` is what only his number has. */
interface Perhaps {
  readonly head: WordList;
  readonly beside: WordList | null;
  readonly shape: RegExp | null;
}

const HAS_SIGNS = /^(?!.*(?:19|20)\d\d)(?=.*[\p{L}/-]).+|^\d{4,9}$/u;
const PERHAPS: readonly Perhaps[] = [
  {
    head: wordList('контракт*'),
    beside: wordList('соц социальн* трудов* служб* муж* сын* брат* внук* мо минобороны брачн* военн*'),
    shape: null,
  },
  { head: wordList('извещ* уведомл*'), beside: null, shape: HAS_SIGNS },
  { head: wordList('постановл*'), beside: null, shape: /\d{6}|^\d+\/\d\d\/\d{2,}$/ },
  { head: wordList('лист* документ* надпис*'), beside: wordList('исп исполн*'), shape: null },
  {
    head: wordList('лиценз* лиц разреш* роха'),
    beside: wordList('оруж* такси охот* рыб* лоа водит*'),
    shape: null,
  },
  { head: wordList('талон*'), beside: wordList('вмп высокотехнол* квот*'), shape: null },
  {
    head: wordList('дел* дело'),
    beside: wordList('личн* пенс* учетн* выплатн* наследств* получател* наблюдат*'),
    shape: null,
  },
  {
    head: wordList('карт карта карты карту карте картой'),
    beside: wordList('мед* амб* соц* транспорт* школьн* пациент* больн* социальн* миграц* прививоч*'),
    shape: null,
  },
  {
    head: wordList('билет билета билету'),
    beside: wordList('военн* студен* охот* читат* член* проездн*'),
    shape: null,
  },
  { head: wordList('книга книги книгу'), beside: wordList('домов* трудов* садов* похоз*'), shape: null },
  { head: wordList('жительство'), beside: wordList('вид'), shape: null },
  { head: wordList('болезни'), beside: wordList('истори*'), shape: null },
  { head: wordList('направлени* рецепт* патент* проездн*'), beside: null, shape: HAS_SIGNS },
];

/** «В/б», «и/б», «б/л», «в/у»: two letters and a stroke. */
const STROKES = /^(?:вб|бл|ву|вуд)$/u;
/** Firms and authorities have these as well. */
const OF_TRADE = wordList('договор* дог контракт* лиценз* разреш* свидетельств* сертификат*');
/** «Договор подряда», «свидетельство СРО»: whose they are. */
const PUBLIC = wordList(
  `подряд* перевозчик* управлени* управляющ* концесс* поставщик* регоператор* павильон* киоск* ларек ларь
  ларьк* закупк* госконтракт* муниципал* сро аукцион* конкурс* торг* мкд строител*`,
);
/** These make the paper of a firm a person's again. */
const PRIVATE = wordList('частник* имя найма соцнайм* соц социальн*');
/** Say where the number stands, not whose it is. */
const FILLERS = wordList(
  `сер серия серии серией серию ном и под за от взамен наш* мой моя мое моего моей моему мою мои старый
  нового новый вот был была у него нее ней меня его ее а`,
);
export const NUMBER_WORD = /^(?:номер(?:а|у|ом|е)?|ном|n)$/u;
const PREPOSITION = /^(?:на|об|о|по|за|для|от|из|в|с|про|к|без)$/u;

const MOST_WORDS = 6;
const REACH = 44;
const MOST_NUMBERS = 6;
const AROUND = 12;

function someNear(pieces: Pieces, from: number, end: number, list: WordList): boolean {
  for (let at = from; at < end; at += 1) {
    const { kind, norm } = pieces.at(at);
    if (kind === 'break') return false;
    if (kind === 'word' && list.test(norm)) return true;
  }
  return false;
}

/** The head a word is, with what it asks of the number; null when it is none. */
function headAt(pieces: Pieces, at: number, to: number): Pick<PaperHead, 'shape'> | null {
  const { norm, text } = pieces.at(at);
  const before = pieces.at(at - 1).text;
  const isStroke = /^[/\\.]$/.test(before) && STROKES.test(pieces.at(at - 2).norm + norm);
  // «АВ-св 118»: letters of a number name no paper; «Т. дог.» does.
  const isShort = norm.length <= 2 && !/^[.-]$/.test(pieces.at(at + 1).text);
  if (isStroke || (OWN.test(norm) && !(isShort && text.length <= 2))) return { shape: null };
  const from = at - AROUND / 2;
  for (const { head, beside, shape } of PERHAPS)
    if (head.test(norm) && (beside === null || someNear(pieces, from, to + AROUND, beside))) return { shape };
  return null;
}

/** Looks back from a number for the paper it is the number of. */
export function paperBefore(pieces: Pieces, at: number, end: number, isSure = false): PaperHead | null {
  let [words, numbers, isSigned] = [0, 0, false];
  for (let back = at - 1; back > at - REACH && words <= MOST_WORDS; back -= 1) {
    const { kind, norm, text } = pieces.at(back);
    if (kind === 'end' || kind === 'break' || (kind === 'sign' && '!?;]'.includes(text))) return null;
    if (kind === 'number' && (numbers += 1) > MOST_NUMBERS) return null;
    if (text === '№' || NUMBER_WORD.test(norm)) isSigned ||= words === 0 && numbers === 0;
    else if (text === '.' && endsSentence(pieces, back)) return null;
    if (kind !== 'word' || NUMBER_WORD.test(norm) || FILLERS.test(norm)) continue;
    const head = headAt(pieces, back, end);
    if (head !== null)
      return isOfPublic(pieces, back, end) || isOfThing(pieces, back)
        ? null
        : { ...head, words, isSigned, isDeal: norm.startsWith('дог') };
    if (isOther(pieces, back, isSure)) return null;
    if (text.length > 2 || pieces.at(back - 1).kind === 'space') words += 1;
  }
  return null;
}

/** «Паспорт готов. Поезд 657Э»: a full stop after a word, and a capital. */
function endsSentence(pieces: Pieces, at: number): boolean {
  const next = pieces.at(at + 2);
  const isCapital = next.kind === 'word' && next.text.slice(0, 1) !== next.norm.slice(0, 1);
  return pieces.at(at + 1).kind === 'space' && isCapital && pieces.at(at - 1).norm.length > 5;
}

/**
 * Another word that numbers follow; «на квартиру», «за машину» tell what the paper is about, and so does
 * «страхования квартиры» before a number no house has.
 */
function isOther(pieces: Pieces, at: number, isSure: boolean): boolean {
  const { norm } = pieces.at(at);
  const cue = norm.startsWith('очередник') ? null : cueOf(norm);
  if (cue === 'short' && isSure) return false;
  if (cue === null || cue === 'paper' || cue === 'deal' || cue === 'card' || cue === 'plate') return false;
  return !PREPOSITION.test(pieces.at(at - 2).norm);
}

/** Tells whether a contract that stands round a number is a firm's. */
export const isOfTrade = (pieces: Pieces, at: number, end: number): boolean =>
  someNear(pieces, at - AROUND, end + AROUND, PUBLIC) &&
  !someNear(pieces, at - AROUND, end + AROUND, PRIVATE);

const isOfPublic = (pieces: Pieces, at: number, end: number): boolean =>
  OF_TRADE.test(pieces.at(at).norm) &&
  someNear(pieces, at - AROUND, end + AROUND, PUBLIC) &&
  !someNear(pieces, at - AROUND / 2, end + AROUND, PRIVATE);
