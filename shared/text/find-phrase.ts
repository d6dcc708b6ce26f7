import { tokenise } from './tokens.ts';

/** A text made ready for {@link hasPhrase}: its stems in order, and where each stands. */
export interface PhraseText {
  readonly stems: readonly string[];
  readonly at: ReadonlyMap<string, readonly number[]>;
}

/** Makes a text ready; linear in its length. */
export function phraseText(text: string): PhraseText {
  const stems = tokenise(text).map(({ stem }) => stem);
  const at = new Map<string, number[]>();
  stems.forEach((stem, index) => {
    const places = at.get(stem);
    if (places === undefined) at.set(stem, [index]);
    else places.push(index);
  });
  return { stems, at };
}

/**
 * Tells whether whole words stand in a text one after another, in any form: «бот» is not found in «работает»,
 * «яма» is found in «ямы». Looks only where the first word stands. A phrase without words is found nowhere.
 */
export function hasPhrase({ stems, at }: PhraseText, phrase: string): boolean {
  const [first, ...rest] = tokenise(phrase).map(({ stem }) => stem);
  if (first === undefined) return false;
  return (at.get(first) ?? []).some((start) =>
    rest.every((stem, index) => stems[start + 1 + index] === stem),
  );
}
