import { PresenceFilter, SearchRequest } from 'ldapts';
import type { LdapSettings } from '#shared/protocol/ldap.ts';
import { SignInRefused } from '#server/sign-in/sign-in-refused.ts';
import { foldedName } from './escape-login.ts';
import type { LdapEntry } from './ldap-answer.ts';
import type { LdapLine } from './ldap-line.ts';
import { searchTrouble } from './result-trouble.ts';

/** Active Directory itself lets in nobody who is in more than 1,015. */
const MOST_GROUPS = 1024;
/** The directory gives up by itself after so many seconds. */
const SEARCH_SECONDS = 8;
/** It lies elsewhere, is not there any more, is no name of an entry, or is not for everybody's eyes. */
const UNREADABLE = [10, 32, 34, 50];

const groupsOf = ({ values }: LdapEntry, attribute: string): readonly string[] =>
  (values.get(attribute.toLowerCase()) ?? []).map((value) => value.toString('utf8'));

/** Reads the groups that a group is in; none where it cannot be read. Throws SignInRefused. */
async function readParents(line: LdapLine, name: string, attribute: string): Promise<readonly string[]> {
  // Some directories tell words instead of names: those are nobody's entries.
  if (!name.includes('=')) return [];
  const reply = await line.ask(
    (messageId) =>
      new SearchRequest({
        messageId,
        baseDN: name,
        scope: 'base',
        filter: new PresenceFilter({ attribute: 'objectClass' }),
        attributes: [attribute],
        sizeLimit: 1,
        timeLimit: SEARCH_SECONDS,
      }),
  );
  if (UNREADABLE.includes(reply.code)) return [];
  const why = searchTrouble(reply);
  if (why !== null) throw new SignInRefused(why);
  return reply.entries.flatMap((entry) => groupsOf(entry, attribute));
}

/**
 * Reads the groups that an entry is in, and the groups that those are in, each once however they stand in one
 * another. Throws SignInRefused, also where there are more than anybody has: rights must not hang on which of
 * them was read first.
 */
export async function readGroups(
  line: LdapLine,
  { groupsAttribute }: Pick<LdapSettings, 'groupsAttribute'>,
  entry: LdapEntry,
): Promise<readonly string[]> {
  const found = new Map<string, string>();
  let next = groupsOf(entry, groupsAttribute);
  while (next.length > 0) {
    const unread = next.filter((name) => !found.has(foldedName(name)));
    for (const name of unread) found.set(foldedName(name), name);
    if (found.size > MOST_GROUPS) throw new SignInRefused('many_groups');
    const parents: string[] = [];
    for (const name of new Set(unread)) parents.push(...(await readParents(line, name, groupsAttribute)));
    next = parents;
  }
  return [...found.values()];
}
