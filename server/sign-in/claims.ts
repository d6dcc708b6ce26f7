import type { GroupRule, ProviderSettings } from '#shared/protocol/sign-in.ts';

/** A person as a provider tells them. */
export interface ProvidedPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly login: string;
  readonly displayName: string;
  /** A mail address that the provider says it has verified; null otherwise. */
  readonly mail: string | null;
  readonly groups: readonly string[];
}

type Claims = Readonly<Record<string, unknown>>;

/** More groups of a person than any provider gives; the rest is not looked at. */
const MOST_GROUPS_READ = 5000;
const LONGEST_NAME = 200;

/** Finds a claim; a name with dots that is no claim itself leads into objects, `realm_access.roles`. */
export function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let at: unknown = claims;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Claims)[name];
  }
  return at;
}

/** Reads a claim of words: a list, or one alone. Whatever is no word is left out. */
function wordsAt(claims: Claims, path: string): readonly string[] {
  const value = claimAt(claims, path);
  return (Array.isArray(value) ? value.slice(0, MOST_GROUPS_READ) : [value]).filter(
    (word) => typeof word === 'string',
  );
}

const wordAt = (claims: Claims, path: string): string => {
  const value = claimAt(claims, path);
  return typeof value === 'string' ? value.trim() : '';
};

/** Tells whether claims lack something that another document of the provider may tell. */
export const lacksClaims = (
  claims: Claims,
  { loginClaim, nameClaim, groupsClaim }: ProviderSettings,
): boolean => [loginClaim, nameClaim, groupsClaim].some((path) => claimAt(claims, path) === undefined);

/** Reads who somebody is; null where the claims tell no login or no subject. */
export function readProvidedPerson(claims: Claims, settings: ProviderSettings): ProvidedPerson | null {
  const { issuer, loginClaim, nameClaim, groupsClaim } = settings;
  const login = wordAt(claims, loginClaim);
  const subject = wordAt(claims, 'sub');
  if (login === '' || subject === '') return null;
  const name = wordAt(claims, nameClaim).slice(0, LONGEST_NAME).trim();
  const mail = claims['email_verified'] === true ? wordAt(claims, 'email') : '';
  return {
    issuer,
    subject,
    login,
    displayName: name === '' ? login : name,
    mail: mail === '' ? null : mail,
    groups: wordsAt(claims, groupsClaim),
  };
}

/** Gives the rights of the first row whose group somebody is in; null where none fits. */
export const rightsOf = (rules: readonly GroupRule[], groups: readonly string[]): GroupRule | null => {
  const own = new Set(groups.map((group) => group.trim()));
  return rules.find(({ group }) => own.has(group)) ?? null;
};
