import { BindRequest, FilterParser, SearchRequest, type Filter } from 'ldapts';
import type { LdapSettings } from '#shared/protocol/ldap.ts';
import { newToken } from '#server/accounts/session-token.ts';
import type { ProvidedPerson } from '#server/sign-in/claims.ts';
import type { ProviderCalls } from '#server/sign-in/provider-call.ts';
import { SignInRefused } from '#server/sign-in/sign-in-refused.ts';
import { filterFor, foldedName, isAskable, nameFor } from './escape-login.ts';
import type { LdapEntry } from './ldap-answer.ts';
import type { LdapLine, LdapReply } from './ldap-line.ts';
import { overLine } from './open-line.ts';
import { readGroups } from './read-groups.ts';
import { bindTrouble, readerTrouble, searchTrouble } from './result-trouble.ts';

/** A region's directory, ready to be asked; `access` is the password of the account that looks. */
export interface LdapDirectory {
  readonly settings: LdapSettings;
  readonly access: string;
}

/** People of a directory are told by its id of them, which no two directories give twice. */
const ISSUER = 'directory';
const LONGEST_NAME = 200;
/** Ids are sixteen bytes, or a text of as many in hexadecimal. */
const LONGEST_ID = 200;
/** The directory gives up by itself after so many seconds. */
const SEARCH_SECONDS = 8;

const bind = (line: LdapLine, dn: string, password: string): Promise<LdapReply> =>
  line.ask((messageId) => new BindRequest({ messageId, dn, password }));

/**
 * Shows that a directory refuses whom it does not know. One that lets in everybody, or somebody in its
 * place, vouches for nobody. Throws SignInRefused.
 */
async function proveRefuses(line: LdapLine, { personDn, base }: LdapSettings): Promise<void> {
  const nobody = `pult-${newToken()}`;
  const reply = await bind(
    line,
    personDn === '' ? `cn=${nobody},${base}` : nameFor(personDn, nobody),
    nobody,
  );
  if (reply.code === 0) throw new SignInRefused('answers_all');
  const why = bindTrouble(reply);
  if (why === 'needs_encryption' || why === 'unreachable') throw new SignInRefused(why);
}

function filterOf(text: string): Filter {
  try {
    return FilterParser.parseString(text);
  } catch {
    throw new SignInRefused('filter');
  }
}

/** Finds the one whom a login means; null where nobody is. References to other servers are not followed. */
async function findEntry(line: LdapLine, settings: LdapSettings, login: string): Promise<LdapEntry | null> {
  const { base, filter, idAttribute, loginAttribute, nameAttribute, groupsAttribute } = settings;
  const search = {
    baseDN: base,
    filter: filterOf(filterFor(filter, login)),
    attributes: [idAttribute, loginAttribute, nameAttribute, groupsAttribute],
    sizeLimit: 2,
    timeLimit: SEARCH_SECONDS,
  };
  const reply = await line.ask((messageId) => new SearchRequest({ messageId, ...search }));
  const why = searchTrouble(reply);
  if (why !== null) throw new SignInRefused(why);
  const [entry = null, another] = reply.entries;
  if (another !== undefined || (entry !== null && reply.code === 4)) throw new SignInRefused('several');
  if (entry !== null && entry.dn === '') throw new SignInRefused('not_ldap');
  return entry;
}

/** Has the account that Pult looks with come in, where there is one. Throws SignInRefused. */
async function comeAsReader(line: LdapLine, { settings: { bindDn }, access }: LdapDirectory): Promise<void> {
  if (bindDn === '') return;
  if (!isAskable(bindDn, access)) throw new SignInRefused('bind_account');
  const why = readerTrouble(await bind(line, bindDn, access));
  if (why !== null) throw new SignInRefused(why);
}

const valuesOf = ({ values }: LdapEntry, attribute: string): readonly Buffer[] =>
  values.get(attribute.toLowerCase()) ?? [];
const textOf = (entry: LdapEntry, attribute: string): string =>
  valuesOf(entry, attribute)[0]?.toString('utf8').trim() ?? '';

/** An entry that was found, with the groups that it is in. */
interface WithGroups {
  readonly entry: LdapEntry;
  readonly groups: readonly string[];
}

/** Reads who an entry is. Groups are those of the table, by their names there. Throws SignInRefused. */
function personOf({ entry, groups: own }: WithGroups, settings: LdapSettings, typed: string): ProvidedPerson {
  const login = textOf(entry, settings.loginAttribute);
  if (login === '') throw new SignInRefused('claims', typed);
  const id = valuesOf(entry, settings.idAttribute)[0];
  if (id === undefined || id.length === 0 || id.length > LONGEST_ID) throw new SignInRefused('no_id', login);
  const name = textOf(entry, settings.nameAttribute).slice(0, LONGEST_NAME).trim();
  const names = new Set(own.map(foldedName));
  const groups = settings.groups.map(({ group }) => group).filter((group) => names.has(foldedName(group)));
  const displayName = name === '' ? login : name;
  return { issuer: ISSUER, subject: id.toString('hex'), login, displayName, mail: null, groups };
}

/** Somebody whom a directory knows, with all their groups. */
export interface FoundInDirectory {
  readonly person: ProvidedPerson;
  readonly groups: readonly string[];
}

/**
 * Asks a directory whether it is one, and whom a login means, without anybody's password; null where nobody
 * is looked for: the login is empty, or each person looks for themselves. Throws SignInRefused.
 */
export const findInDirectory = (
  directory: LdapDirectory,
  calls: ProviderCalls,
  login: string,
): Promise<FoundInDirectory | null> =>
  overLine(directory.settings, calls, async (line) => {
    const { settings } = directory;
    await proveRefuses(line, settings);
    if (settings.personDn !== '') return null;
    await comeAsReader(line, directory);
    if (login === '') {
      await findEntry(line, settings, 'pult');
      return null;
    }
    const entry = await findEntry(line, settings, login);
    if (entry === null) throw new SignInRefused('nobody');
    const groups = await readGroups(line, settings, entry);
    return { person: personOf({ entry, groups }, settings, login), groups };
  });

/** A login and a password as somebody typed them. */
export interface TypedEntry {
  readonly login: string;
  readonly password: string;
}

/**
 * Asks a directory whose a password is: the entry that the login means must take it, whoever looked for the
 * entry. Null where it is nobody's. Throws SignInRefused.
 */
export async function judgePassword(
  directory: LdapDirectory,
  calls: ProviderCalls,
  { login, password }: TypedEntry,
  isProven: boolean,
): Promise<ProvidedPerson | null> {
  if (!isAskable(login, password)) return null;
  const { settings } = directory;
  const isTheirs = async (line: LdapLine, dn: string): Promise<boolean> => {
    const why = bindTrouble(await bind(line, dn, password));
    if (why !== null && why !== 'wrong') throw new SignInRefused(why);
    return why === null;
  };
  return overLine(settings, calls, async (line) => {
    if (!isProven) await proveRefuses(line, settings);
    if (settings.personDn === '') await comeAsReader(line, directory);
    else if (!(await isTheirs(line, nameFor(settings.personDn, login)))) return null;
    const entry = await findEntry(line, settings, login);
    if (entry === null && settings.personDn !== '') throw new SignInRefused('nobody');
    if (entry === null || !(await isTheirs(line, entry.dn))) return null;
    // The person may not see what groups are in.
    await comeAsReader(line, directory);
    return personOf({ entry, groups: await readGroups(line, settings, entry) }, settings, login);
  });
}
