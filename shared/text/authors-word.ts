import { tokenise } from './tokens.ts';

/** The verdict of an author on an answer: the matter is settled, or it is not. */
type AuthorsWord = 'pleased' | 'displeased';

/** Longer messages are about something more than an answer, and a person reads them. */
const LONGEST = 600;

const THANKS = /^(?:спасиб|благодар|признател|молодц|довол(?:ен|ьн)|пасиб|спс$|умнич)/;
const DONE = /^(?:все|уже)$/;
const SETTLED =
  /^(?:убрали|вывезли|починили|сделали|заменили|устранили|включили|дали|помогли|исправили|почистили|расчистили|решили|решен|решено|починен|хорошо|отлично|супер|работает|горит|теплые?|тепло)$/;
const PRAISE_SIGN = /[\u{1F44D}\u{1F64F}\u{1F44F}\u2764]/u;

/** Words that by themselves deny that anything was done. */
const COMPLAINT =
  /^(?:отписк|отпис(?:ались|ка)|обман|врет|врут|вранье|неправд|ложь|позор|бездейств|издева|безобраз|ужас$|бред$)/;
/** Words before which «не» denies no work: «не ожидала так быстро», «не за что». */
const HARMLESS_AFTER_NOT =
  /^(?:ожида|дума|надея|верил|знал|зря|за$|забуд|прошло$|против$|жал|могу$|хочу$|хотел)/;
/** A verb of what was to be done, in the past or now: «не убрали», «не работает», «не решён». */
const VERB = /(?:л|ла|ло|ли|лось|лся|лась|лись|ет|ют|ит|ят|ает|ают|ится|ено|ена|ен|ены|ано|аны)$/;
const STILL: readonly (readonly string[])[] = [
  ['до', 'сих', 'пор'],
  ['по', 'прежнему'],
  ['ничего', 'не'],
  ['никто', 'не'],
  ['никаких'],
  ['сколько', 'можно'],
  ['за', 'ничего'],
  ['не', 'за', 'что', 'благодарить'],
  ['не', 'все'],
  ['не', 'полностью'],
  ['не', 'до', 'конца'],
  ['все', 'так', 'же'],
  ['воз', 'и', 'ныне'],
  ['толку', 'нет'],
  ['толку', 'ноль'],
  ['не', 'согласен'],
  ['не', 'согласна'],
  ['не', 'доволен'],
  ['не', 'довольна'],
  ['недоволен'],
  ['недовольна'],
];
/** Words of somebody who waits and has not said yet. */
const WAITS = /^(?:жд|подожд|посмотр|надеюсь|надеемся|проверим|проверю|увидим|если$|когда$)/;

const hasAt = (words: readonly string[], start: number, phrase: readonly string[]): boolean =>
  phrase.every((word, index) => words[start + index] === word);

const isDenial = (words: readonly string[], index: number): boolean => {
  if (words[index] !== 'не') return false;
  const next = words[index + 1] ?? '';
  return VERB.test(next) && !HARMLESS_AFTER_NOT.test(next);
};

/**
 * Reads the word of an author after an answer: thanks, or that it is not so; null where he asks, waits or
 * says neither, and for texts of more than six hundred letters. A denial beats thanks, for «спасибо, но не
 * убрали» thanks nobody. Only proposes: a person decides. Linear in the length.
 */
export function authorsWord(text: string): AuthorsWord | null {
  if (text.length > LONGEST) return null;
  const words = tokenise(text).map(({ norm }) => norm);
  const isDenied = words.some(
    (word, index) =>
      COMPLAINT.test(word) || isDenial(words, index) || STILL.some((phrase) => hasAt(words, index, phrase)),
  );
  if (isDenied || (words[0] === 'нет' && words.length <= 3)) return 'displeased';
  if (text.includes('?') || words.some((word) => WAITS.test(word) || word === 'но')) return null;
  if (PRAISE_SIGN.test(text) || words.some((word) => THANKS.test(word))) return 'pleased';
  const isSettled = words.some((word, index) => SETTLED.test(word) && DONE.test(words[index - 1] ?? ''));
  return isSettled ? 'pleased' : null;
}
