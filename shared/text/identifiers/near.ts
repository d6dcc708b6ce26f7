import { cueOf, cueOfShortened, type Cue } from './cues.ts';
import type { Pieces } from './pieces.ts';
import { isOfThing } from './things.ts';
import { wordList } from './word-list.ts';

/** The words before a place, as far as they tell the kind of a number there. */
export interface Near {
  /** The nearest telling word; null when it is too far or another sentence's. */
  readonly cue: Cue | null;
  /** The telling word itself; empty when there is none. */
  readonly word: string;
  /** Words since it. */
  readonly words: number;
  readonly isPhone: boolean;
  /** Right after «№». */
  readonly isAfterSign: boolean;
  /** A number of a paper, a house, a route: «№ 717475», «заявка 123456». */
  readonly isNumbered: boolean;
  /** A number that has dashes of its own: «ГОСТ 5-12-34», «плита 120-60-50». */
  readonly isStandard: boolean;
  /** After a preposition that dates have: «от 5-03-22». */
  readonly isDated: boolean;
  /** After «стоит», «за»: a sum. */
  readonly isPriced: boolean;
  /** A part of something longer with dashes or points: «ГОСТ-5-12-34», «№5/12-34». */
  readonly isInside: boolean;
}

/** Digits of a number of a house or a sum, and of one after another such. */
const LONGEST_SHORT = 8;
const LONGEST_LISTED = 5;
/** Further away a word says nothing any more. */
const REACH = 7;
const PUBLIC: ReadonlySet<Cue> = new Set([
  'harmless',
  'short',
  'numbered',
  'standard',
  'plate',
  'network',
  'nick',
  'mail',
]);
/** Abbreviations after which a sentence goes on. */
const SHORT = 4;

const NUMBER = /^номер(?:а|у|ом|е)?$/u;
/** «Мой городской: 6-12-34», «личный»: the word «телефон» is left out. */
const APPARATUS = /^(?:городской|домашний|рабочий|личный|стационарный)$/u;
/** Before a number they say what telephone it is: «дом. 2-44-90», «стац. 60-144», «раб.: 21533». */
const SHORT_APPARATUS = /^(?:дом(?:аш)?|домашн|гор(?:од|одск)?|раб(?:оч)?|стац|стационарн|служ|служебн)$/u;
const OWN = wordList(
  `мой мои мое моя моего моему личный личного наш его ее их свой рабочий дом сам этот этого этому такой
  с со на по другой второй дала дали дал дают соседки соседа мамы мужа сына дочери`,
);
/** «Счёт абонента»: these say more than the word before them. */
const PAYER = /^(?:абонент|плательщик|потребител)/u;
const PERSONAL = /^(?:личн|пенс|учетн|выплатн|наблюдательн)/u;

/** True for a telling word whose number is nobody's: a public one, a short one, a standard's. */
export const isPublic = (cue: Cue | null): boolean =>
  cue === 'harmless' || cue === 'short' || cue === 'standard';

/** True when a word stands right before a sign, with or without a space. */
const wordBefore = (pieces: Pieces, index: number): boolean =>
  pieces.at(pieces.at(index - 1).kind === 'space' ? index - 2 : index - 1).kind === 'word';

/** Follows a text from left to right and remembers the last telling word. */
export class Context {
  readonly #pieces: Pieces;
  #cue: Cue | null = null;
  #word = '';
  #words = 0;
  #isSpent = false;
  #isAsked = false;

  constructor(pieces: Pieces) {
    this.#pieces = pieces;
  }

  /** Takes notice of the piece at a place. */
  pass(index: number): void {
    const { kind, norm } = this.#pieces.at(index);
    if (kind === 'word') {
      const short = this.#shortened(index, norm);
      const read = this.#pieces.at(index + 1).text === '.' ? cueOfShortened : cueOf;
      const cue = this.#isAside(index, norm) ? null : read(short);
      if (cue === null) this.#words += NUMBER.test(norm) && this.#isOwned() ? 0 : 1;
      else if (!this.#isSame(cue, short, index)) {
        this.#begin(cue, short);
        this.#isAsked = NUMBER.test(this.#pieces.at(index - 2).norm);
      } else this.#words = 0;
    } else if (kind === 'number') this.#isSpent = true;
    else if (kind === 'sign') {
      if (norm === ']' || norm === ',') this.#isAsked = false;
      if (norm === '№') this.#sign(index);
      else if (norm === '☎' || norm === '📞' || norm === '📱' || norm === '✆') this.#begin('phone');
      else if (norm === '?') this.#words += 1;
      else if (this.#endsSentence(index, norm)) this.#cue = null;
    }
  }

  /** Something of this kind was found here: the next number in the row is likely another one. */
  continue(cue: Cue | null): void {
    this.#cue = cue;
    this.#word = '';
    this.#words = 0;
  }

  /** «лицевой счёт», «медицинская карта»: the first word says more. */
  #isSame(cue: Cue, word: string, index: number): boolean {
    if (this.#words > 1 || PAYER.test(word)) return false;
    // «Телефон школы», «УИН штрафа», «лицевой счёт квартиры»: whose it is.
    const isSpaced =
      this.#pieces.at(index - 1).kind === 'space' && this.#pieces.at(index - 2).kind === 'word';
    const isOwner = cue === 'short' && isSpaced && !this.#word.startsWith('сери');
    // «Телефон доверия школы»
    const reach = this.#cue === 'phone' ? 1 : 0;
    if (isOwner && this.#words <= reach && this.#isOwned()) return true;
    // «Тел. дом.: 2 14 10»
    if (this.#cue === 'phone' && SHORT_APPARATUS.test(word)) return this.#words === 0;
    // «Дом серии 1-335»
    if (word.startsWith('сери') && this.#cue === 'short') return this.#words === 0;
    // «Счёт л.с. 00418-226»
    if (word === 'лс' && this.#word !== 'лс') return false;
    // «Счёт мой лицевой 30217»
    if (word.startsWith('лицев') && this.#word.startsWith('сч')) return false;
    // «В/у серия 9930»
    if (word.startsWith('сери')) return false;
    return cue === this.#cue || (cue === 'card' && this.#cue === 'paper');
  }

  /**
   * A number sign adds nothing to «удостоверение» or «заявка». After a word nobody knows it is somebody's
   * number, and after no word at all that of a message.
   */
  #sign(index: number): void {
    const isTold = isPublic(this.#cue) && this.#words < SHORT;
    if (this.#isOwned()) return;
    if (isTold) this.#words = 0;
    else this.#begin(wordBefore(this.#pieces, index) ? 'numbered' : 'harmless');
  }

  #isOwned(): boolean {
    return this.#cue !== null && !PUBLIC.has(this.#cue) && this.#words < SHORT;
  }

  /** «л/с», «л. с.», «г/н» as one word. */
  #shortened(index: number, word: string): string {
    if (NUMBER.test(word)) return this.#cue !== 'plate' && this.#isOwnNumber(index) ? 'телефон' : word;
    if (APPARATUS.test(word)) return this.#isOwnNumber(index) ? 'телефон' : word;
    if (word === 'аб' && this.#pieces.at(index).text === word && this.#pieces.at(index + 1).text === '.')
      return 'абонент';
    if (isOfThing(this.#pieces, index)) return 'бланк';
    if (word === 'дела' || word === 'дело')
      return PERSONAL.test(this.#pieces.at(index - (this.#pieces.at(index - 2).text === '.' ? 3 : 2)).norm)
        ? 'удостоверение'
        : word;
    if (SHORT_APPARATUS.test(word) && this.#isBeforeNumber(index)) return 'телефон';
    const isJoined = /^[./\\]$/.test(this.#pieces.at(index - 1).text);
    const first = this.#pieces.at(index - 2);
    // «Л. с. 27 0118»
    const isSpaced = this.#pieces.at(index - 1).kind === 'space' && first.text === '.';
    if (word === 'с' && isSpaced && this.#pieces.at(index - 3).norm === 'л') return 'лс';
    if (/^сч(?:ет.{0,2})?$/u.test(word))
      return this.#isOwnAccount(index) ? 'лс' : this.#isMine(index) ? 'мойсчет' : 'счет';
    if (word.length > 2) return word;
    if (isJoined && word === 'т' && /^[дкмнрс]$/u.test(first.norm)) return 'телефон';
    return isJoined && first.kind === 'word' && first.norm.length < 2 ? first.norm + word : word;
  }

  /** «Мой счёт в квартплате». */
  #isMine(index: number): boolean {
    return /^(?:мой|наш|моего|нашего|моему|нашему)$/u.test(this.#pieces.at(index - 2).norm);
  }

  /** «Л/счёт», «л. счёт». */
  #isOwnAccount(index: number): boolean {
    const sign = this.#pieces.at(index - 1).kind === 'space' ? index - 2 : index - 1;
    return /^[./\\]$/.test(this.#pieces.at(sign).text) && this.#pieces.at(sign - 1).norm === 'л';
  }

  /** «Стац. 60-144»: a point after the word, and a number of a town's length. */
  #isBeforeNumber(index: number): boolean {
    if (!/^[.:]$/.test(this.#pieces.at(index + 1).text)) return false;
    const at = this.#pieces.at(index + 2).kind === 'space' ? index + 3 : index + 2;
    const [first, gap, second] = [at, at + 1, at + 2].map((each) => this.#pieces.at(each));
    if (first?.kind !== 'number') return false;
    return first.text.length > 4 || (gap?.text === '-' && (second?.text.length ?? 0) > 1);
  }

  /** «мой номер», «с номера», «на номер». */
  #isOwnNumber(index: number): boolean {
    return OWN.test(this.#pieces.at(index - 2).norm);
  }

  /** «и т. д.» and «в связи с» tell nothing, «т. 5-12-34» and «для связи» do. */
  #isAside(index: number, word: string): boolean {
    if (word === 'связи') return this.#pieces.at(index - 2).norm === 'в';
    if (word !== 'т') return false;
    const isAbbreviated = /^[.:]$/.test(this.#pieces.at(index + 1).text);
    const next = this.#pieces.at(index + (this.#pieces.at(index + 2).kind === 'space' ? 3 : 2));
    return !isAbbreviated || !(next.kind === 'number' || next.text === '+' || next.text === '(');
  }

  #begin(cue: Cue, word = ''): void {
    this.#word = word;
    this.#cue = cue;
    this.#words = 0;
    this.#isSpent = false;
    this.#isAsked = false;
  }

  #endsSentence(index: number, sign: string): boolean {
    if (sign === '!') return true;
    if (sign !== '.' || this.#pieces.at(index + 1).kind !== 'space') return false;
    const next = this.#pieces.at(index + 2);
    const isCapital = next.kind === 'word' && next.text.slice(0, 1) !== next.norm.slice(0, 1);
    // «Удост. АБ 123456»: the letters of a paper begin no sentence.
    const isSeries = next.text.length <= SHORT && next.text === next.text.toUpperCase() && this.#words === 0;
    const { norm, text } = this.#pieces.at(index - 1);
    // «Л/с [номер]. Какую платить, 2300 или 2415»: what was hidden ends one as the number did.
    return isCapital && !isSeries && (norm.length > SHORT || text === ']');
  }

  /** Houses, routes and sums have no such numbers: «старшая по подъезду 8924…», «кв. 12, 40012877». */
  #isTooLong(index: number): boolean {
    const { length } = this.#pieces.at(index).text;
    return this.#cue === 'short' && length > (this.#isSpent ? LONGEST_LISTED : LONGEST_SHORT);
  }

  /** Sums up the words passed so far for a number, or a sign before one. */
  at(index: number): Near {
    const cue = this.#words <= REACH && !this.#isTooLong(index) ? this.#cue : null;
    const before = this.#pieces.at(index - 1);
    const number = before.kind === 'space' ? this.#pieces.at(index - 2) : before;
    // «Номер истории болезни 4337» is as «№ 4337».
    const isAfterSign = number.text === '№' || NUMBER.test(number.norm) || (this.#isAsked && this.#words < 2);
    const isTied =
      before.kind === 'sign' && (before.text === '-' || before.text === '/' || before.text === '.');
    return {
      cue,
      word: cue === null ? '' : this.#word,
      words: this.#words,
      isAfterSign,
      isPhone: cue === 'phone' || cue === 'call',
      isNumbered: (isPublic(cue) && this.#words < 2) || cue === 'standard' || number.text === '№',
      isStandard: (cue === 'standard' && this.#words < 3) || (number.text === '№' && cue !== 'phone'),
      isDated: /^(?:от|до|с|к|по|за)$/u.test(this.#pieces.at(index - 2).norm),
      isPriced: /^(?:за|стои|куп|прод|отда|заплат|плат)/u.test(this.#pieces.at(index - 2).norm),
      isInside: isTied && this.#pieces.at(index - 2).kind === 'number',
    };
  }
}
