/**
 * The shortest password of somebody who gives nothing else (NIST SP 800-63B-4, 3.1.1.2). There are no rules
 * about kinds of characters, and no password grows old.
 */
export const SHORTEST_PASSWORD = 15;
/** The longest one, in characters: phrases are welcome, books are not. */
export const LONGEST_PASSWORD = 200;

/** The phrases that the rule is explained by: whoever reads it types them first. */
export const EXAMPLE_PASSWORDS = {
  ru: 'синий трактор везёт арбузы',
  en: 'blue tractor carries melons',
} as const;

/** `common`: of those that are tried first. `same`: the one it is to replace. */
export const PASSWORD_TROUBLES = ['short', 'long', 'common', 'same'] as const;
export type PasswordTrouble = (typeof PASSWORD_TROUBLES)[number];

/** Gives the form in which a password is hashed: however a keyboard writes «й», it is one letter. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** Says what is wrong with the length of a password; characters count, however many bytes they have. */
export function lengthTrouble(password: string): Extract<PasswordTrouble, 'short' | 'long'> | null {
  const { length } = [...normalPassword(password)];
  if (length < SHORTEST_PASSWORD) return 'short';
  return length > LONGEST_PASSWORD ? 'long' : null;
}
