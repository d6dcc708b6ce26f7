import { russianStem } from './russian-stem.ts';

/**
 * A word of a text: `norm` is lower case with «е» for «ё»; `start`/`end` are positions in the text as given.
 */
export type Token = {
  readonly text: string;
  readonly norm: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
};

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const CYRILLIC = /^[а-я]+$/;

/** Words that tell nothing about a message; stems would only fill the index. */
const STOP_WORDS = new Set(
  `а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее
  если есть еще же за здесь и из или им их к как ко когда кто ли либо лишь мне может мы на над надо нам нас
  наш не него нее нет ни них но ну о об однако он она они оно от очень по под при про с со так также такой там
  те тем то того тоже той только том ты у уже хотя чего чей чем что чтобы чье эта эти это этого этой этот я
  the and for with you are this that from`.split(/\s+/),
);

const MAX_CACHED = 100_000;
const stems = new Map<string, string>();

/** Lower case, «е» for «ё»; keeps the length, so that positions stay good. */
export function normaliseText(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е');
}

/** The stem of a normalised word: Russian words by Snowball, all others as they are. Cached. */
export function stemOf(word: string): string {
  if (!CYRILLIC.test(word)) {
    return word;
  }
  let stem = stems.get(word);
  if (stem === undefined) {
    if (stems.size >= MAX_CACHED) {
      stems.clear();
    }
    stem = russianStem(word);
    stems.set(word, stem);
  }
  return stem;
}

/** All words of a text in order, stop words and numbers included; a hyphen parts words. */
export function tokenise(text: string): Token[] {
  return [...text.matchAll(WORD)].map((match) => {
    const norm = normaliseText(match[0].normalize('NFC'));
    return {
      text: match[0],
      norm,
      stem: stemOf(norm),
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}

/** Tells whether a normalised word is worth nothing to a search or a suggestion. */
export function isStopWord(norm: string): boolean {
  return STOP_WORDS.has(norm);
}

/**
 * Gives the terms a text is indexed by: the different stems of its words without stop words, in order of
 * appearance.
 */
export function searchTerms(text: string): string[] {
  const terms = new Set<string>();
  for (const { norm, stem } of tokenise(text)) {
    if (!STOP_WORDS.has(norm)) {
      terms.add(stem);
    }
  }
  return [...terms];
}
