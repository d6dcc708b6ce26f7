import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { COPY_DAYS } from '#shared/domain/regulation.ts';
import type { AccountRow, Session } from '#shared/protocol/session.ts';
import { findCopies, type CopyFiles, type FoundCopy } from '#renderer/data/store/kept-copy.ts';
import { databaseName } from '#renderer/data/store/database.ts';
import { forgetPerson } from './forget-person.ts';
import { addPeople, changePerson, peopleHere, type PersonHere } from './people-here.ts';

/** The reason why a copy is to go: an administrator's order, or days without work. */
export type DueReason = 'order' | 'days';

/** Tells why a person is to be forgotten here; null while they are not. */
export function dueReason(person: PersonHere, now: Instant): DueReason | null {
  const { begunAt, forgetBefore, usedAt, session } = person;
  if (begunAt < forgetBefore) return 'order';
  const days = session.region.copyDays ?? COPY_DAYS.usual;
  return now - usedAt > days * MS_PER_DAY ? 'days' : null;
}

const personOf = ({ profile, region, account, person }: FoundCopy, now: Instant): PersonHere => ({
  profile,
  session: {
    account: {
      id: account,
      login: '',
      displayName: person?.displayName ?? account,
      role: person?.role ?? 'observer',
      agency: person?.agency ?? null,
    },
    region: { code: region, name: region, timeZone: 'UTC' },
    expiresAt: 0,
  },
  verifier: null,
  begunAt: 0,
  forgetBefore: 0,
  usedAt: now,
  wrong: 0,
  waitMs: 0,
});

/** Counts the days of copies that earlier releases have left from now on. */
export async function adoptOlderCopies(now: Instant): Promise<void> {
  const known = new Set((await peopleHere()).map(({ profile }) => profile));
  await addPeople((await findCopies(known)).map((copy) => personOf(copy, now)));
}

/**
 * Forgets everybody whose time has come but whoever works in this window. Who has anything unsent, or works
 * in another window, stays until the next time.
 */
export async function forgetDue(files: CopyFiles | null, now: Instant, here: string | null): Promise<void> {
  for (const person of await peopleHere())
    if (person.profile !== here && dueReason(person, now) !== null) await forgetPerson(person.profile, files);
}

/** Keeps the orders that a region's accounts tell of, for everybody who has a copy here. */
export async function keepOrders({ region }: Session, accounts: readonly AccountRow[]): Promise<void> {
  for (const { id, forgetBefore } of accounts)
    if (forgetBefore !== undefined)
      await changePerson(databaseName(region.code, id), (person) => ({ ...person, forgetBefore }));
}
