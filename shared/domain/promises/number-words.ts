const CARDINAL_ENDINGS = ['ь', 'и', 'ью'];
const ORDINAL_ENDINGS = ['ый', 'ой', 'ого', 'ому', 'ом', 'ым', 'ая', 'ую', 'ое', 'ых'];

/** Words of one number that follow no rule, «е» for «ё». */
const UNRULY: Readonly<Record<number, string>> = {
  1: 'один одна одно одного одной одну одним одному',
  2: 'два две двух двум двумя пару пара второй второго второму втором вторая вторую второе вторых',
  3: 'три трех трем тремя третий третьего третьему третьем третья третьей третью третьих',
  4: 'четыре четырех четырем четырьмя',
  8: 'восемь восьми восемью',
  40: 'сорок сорока',
};

/** Stems of numbers whose words end as «пять» does. */
const CARDINALS: Readonly<Record<number, string>> = {
  5: 'пят',
  6: 'шест',
  7: 'сем',
  9: 'девят',
  10: 'десят',
  11: 'одиннадцат',
  12: 'двенадцат',
  13: 'тринадцат',
  14: 'четырнадцат',
  15: 'пятнадцат',
  16: 'шестнадцат',
  17: 'семнадцат',
  18: 'восемнадцат',
  19: 'девятнадцат',
  20: 'двадцат',
  30: 'тридцат',
};

/** Stems of ordinals; those that are not here have the stem of their cardinal. */
const ORDINALS: Readonly<Record<number, string>> = { 1: 'перв', 4: 'четверт', 7: 'седьм', 8: 'восьм' };

/** Lengths of time that are one word, as the words they stand for. */
const LENGTHS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    полчаса: '30 минут',
    получаса: '30 минут',
    полгода: '6 месяцев',
    полугода: '6 месяцев',
    полтора: '1.5',
    полторы: '1.5',
    полутора: '1.5',
    полудня: '12:00',
    полудню: '12:00',
    полдень: '12:00',
    полуночи: '23:59',
    i: '1',
    ii: '2',
    iii: '3',
    iv: '4',
  }),
);

const NUMBERS: ReadonlyMap<string, number> = new Map(
  [
    ...Object.entries(UNRULY).flatMap(([value, words]) => words.split(' ').map((word) => [word, value])),
    ...Object.entries(CARDINALS).flatMap(([value, stem]) => [
      ...CARDINAL_ENDINGS.map((ending) => [stem + ending, value]),
      ...(Number(value) in ORDINALS ? [] : ORDINAL_ENDINGS.map((ending) => [stem + ending, value])),
    ]),
    ...Object.entries(ORDINALS).flatMap(([value, stem]) =>
      ORDINAL_ENDINGS.map((ending) => [stem + ending, value]),
    ),
  ].map(([word, value]) => [word as string, Number(value)]),
);

/** Gives the number a word names, in any case: «двух», «пятого», «двадцать»; null of another word. */
export const numberOfWord = (word: string): number | null => NUMBERS.get(word) ?? null;

/** Gives what a word that names a length or a moment by itself stands for: «полчаса» is «30 минут». */
export const lengthOfWord = (word: string): string | null => LENGTHS.get(word) ?? null;
