type Twins = Readonly<Record<string, string>>;

/** Digits that look like a Latin letter. The database finds logins by the same two (migration 036). */
const LATIN: Twins = { '0': 'o', '1': 'l' };

/** Latin letters and digits that look like a Russian letter. */
const RUSSIAN: Twins = {
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
  '3': 'з',
};

const replaced = (text: string, twins: Twins): string =>
  Array.from(text, (sign) => twins[sign] ?? sign).join('');

/** Gives one word for all logins that look alike; a login has Latin letters alone. */
export const loginLooks = (login: string): string => replaced(login.toLowerCase(), LATIN);

/**
 * Gives one word for all names that look alike on a screen: letters small, Latin twins as Russian letters,
 * quotes, dots and spaces left out.
 */
export const looksOf = (name: string): string =>
  replaced(loginLooks(name.normalize('NFKC')), RUSSIAN).replaceAll(/[^\p{L}\p{N}]/gu, '');

const LOOKS = new Map<string, string>();
const MOST_LOOKS = 20_000;

/** {@link looksOf}, remembered: a file of hundreds of names is judged name by name. */
export const rememberedLooks = (name: string): string => {
  const known = LOOKS.get(name);
  if (known !== undefined) return known;
  if (LOOKS.size >= MOST_LOOKS) LOOKS.clear();
  const looks = looksOf(name);
  LOOKS.set(name, looks);
  return looks;
};
