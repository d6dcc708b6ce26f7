import { alternatives } from './alternatives.ts';

/**
 * The Russian Snowball stemmer (snowballstem.org/algorithms/russian/stemmer.html), its four steps as
 * published. Own, because the published package carries twenty-four languages and 870 KB into every console;
 * the tests compare it with that package word by word. Expects lower case and «е» for «ё».
 */
const GERUND = /(?:ившись|ывшись|ивши|ывши|ив|ыв|(?<=[ая])(?:вшись|вши|в))$/;
const REFLEXIVE = /с[яь]$/;
const ADJECTIVE = /(?:ими|ыми|его|ого|ему|ому|ее|ие|ые|ое|ей|ий|ый|ой|ем|им|ым|ом|их|ых|ую|юю|ая|яя|ою|ею)$/;
const PARTICIPLE = /(?:ивш|ывш|ующ|(?<=[ая])(?:ем|нн|вш|ющ|щ))$/;
const VERB = new RegExp(
  `(?:${alternatives(`
    ейте уйте ила ыла ена ите или ыли ило ыло ено ует уют ены ить ыть ишь ей уй ил ыл им ым ен ят ит ыт ую ю
    (?<=[ая])(?:ете|йте|ешь|нно|ла|на|ли|ем|ло|но|ет|ют|ны|ть|й|л|н)
  `)})$`,
);
const NOUN = new RegExp(
  `(?:${alternatives(`
    иями ями ами ией иям ием иях ев ов ие ье еи ии ей ой ий ям ем ам ом ах ях ию ью ия ья а е и й о у ы ь ю я
  `)})$`,
);
const DERIVATIONAL = /ость?$/;
const SUPERLATIVE = /ейше?$/;

const VOWEL = 'аеиоуыэюя';

/**
 * Index after the first vowel that follows nothing or, for `from` past it, the first consonant after a vowel.
 */
function regionAfterVowelConsonant(word: string, from: number): number {
  for (let index = from + 1; index < word.length; index += 1) {
    if (VOWEL.includes(word[index - 1] ?? '') && !VOWEL.includes(word[index] ?? '')) {
      return index + 1;
    }
  }
  return word.length;
}

function cut(part: string, ending: RegExp): string | null {
  const shorter = part.replace(ending, '');
  return shorter.length === part.length ? null : shorter;
}

function withoutInflection(part: string): string {
  const gerund = cut(part, GERUND);
  if (gerund !== null) {
    return gerund;
  }
  const base = cut(part, REFLEXIVE) ?? part;
  const adjective = cut(base, ADJECTIVE);
  if (adjective !== null) {
    return cut(adjective, PARTICIPLE) ?? adjective;
  }
  return cut(base, VERB) ?? cut(base, NOUN) ?? base;
}

/** The stem of one Russian word. */
export function russianStem(word: string): string {
  const firstVowel = [...word].findIndex((letter) => VOWEL.includes(letter));
  if (firstVowel < 0) {
    return word;
  }
  const rv = firstVowel + 1;
  const r2 = regionAfterVowelConsonant(word, regionAfterVowelConsonant(word, 0));
  const head = word.slice(0, rv);
  let part = withoutInflection(word.slice(rv));
  part = cut(part, /и$/) ?? part;
  const whole = head + part;
  const derivational = DERIVATIONAL.exec(whole);
  if (derivational !== null && derivational.index >= r2) {
    part = whole.slice(rv, derivational.index);
  }
  const superlative = cut(part, SUPERLATIVE);
  if (superlative !== null) {
    return head + (superlative.endsWith('нн') ? superlative.slice(0, -1) : superlative);
  }
  if (part.endsWith('нн')) {
    return head + part.slice(0, -1);
  }
  return head + (cut(part, /ь$/) ?? part);
}
