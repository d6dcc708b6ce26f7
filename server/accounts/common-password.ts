import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { EXAMPLE_PASSWORDS } from '#shared/domain/password-rules.ts';
import { latinKeys } from '#shared/text/keyboard-layout.ts';

/** Words that people of a centre begin their passwords with, beside those of the world's lists. */
const WORDS = `
  пароль привет любовь россия москва администратор оператор исполнитель губернатор правительство администрация
  мэрия область край республика центр управление пульт инцидент менеджмент цур солнышко победа спартак зенит
  наташа марина андрей сергей александр елена ольга татьяна январь февраль март апрель май июнь июль август
  сентябрь октябрь ноябрь декабрь понедельник зима весна лето осень работа компьютер
  pult parol privet rossiya moskva administrator operator admin
`
  .trim()
  .split(/\s+/);

/** Fewer guesses than this, by the library's estimate, and the password is among those that are tried. */
const FEWEST_GUESSES_LOG10 = 10;
/** Looked at; what stands behind adds to a password but is not needed to judge it. */
const LOOKED_AT = 64;

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

const EXAMPLES: ReadonlySet<string> = new Set(Object.values(EXAMPLE_PASSWORDS).map(lettersOf));

let judge: ZxcvbnFactory | null = null;

/** Made when the first password is judged: the lists unpack for a tenth of a second. */
const theJudge = (): ZxcvbnFactory =>
  (judge ??= new ZxcvbnFactory({
    graphs: adjacencyGraphs,
    dictionary: { ...dictionary, centre: [...WORDS, ...WORDS.map(latinKeys)] },
    maxLength: LOOKED_AT,
  }));

/**
 * Tells whether a password is guessed soon: it stands in lists of leaked ones, or is made of a few such
 * words, of one piece repeated, of neighbours on the keyboard, or of the words given (login, names). Typed on
 * the Russian layout it is judged by its keys too, as those lists have it.
 */
export const isCommonPassword = (password: string, own: readonly string[]): boolean => {
  const words = own
    .flatMap((word) => word.toLowerCase().split(/[\s._@-]+/))
    .filter((word) => word.length > 2);
  const head = [...password].slice(0, LOOKED_AT).join('');
  const joined = lettersOf(head);
  if (EXAMPLES.has(joined)) return true;
  // Spaces between known words make a password longer, not harder to guess.
  const forms = new Set([head, joined === '' ? head : joined].flatMap((form) => [form, latinKeys(form)]));
  const context = [...words, ...words.map(latinKeys)];
  return [...forms].some((form) => theJudge().check(form, context).guessesLog10 < FEWEST_GUESSES_LOG10);
};
