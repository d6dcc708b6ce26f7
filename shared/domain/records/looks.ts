/** Latin letters and digits that look like a Russian letter. */
const TWINS: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
  ё: 'е',
  '0': 'о',
  '3': 'з',
};

/**
 * Gives one word for all names that look alike on a screen: letters small, Latin twins as Russian letters,
 * quotes, dots and spaces left out.
 */
export const looksOf = (name: string): string =>
  Array.from(name.normalize('NFKC').toLowerCase(), (letter) => TWINS[letter] ?? letter)
    .join('')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
