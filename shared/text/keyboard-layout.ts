const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмитьбю.ё';
const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`";

const LATIN_OF = new Map([...CYRILLIC].map((letter, at) => [letter, LATIN[at] as string]));

/** Gives what the same keys write on the Latin layout, in small letters: «пароль» → `gfhjkm`. */
export const latinKeys = (text: string): string =>
  [...text.toLowerCase()].map((letter) => LATIN_OF.get(letter) ?? letter).join('');
