import Dexie, { type EntityTable } from 'dexie';
import type { Instant } from '#shared/domain/instant.ts';
import { isJudgedElsewhere, type Session } from '#shared/protocol/session.ts';
import { profileOf } from './own-keys.ts';
import type { Verifier } from './verifier.ts';

/** A person who has worked at this workstation and whose copy it keeps. */
export interface PersonHere {
  /** See {@link profileOf}. */
  readonly profile: string;
  /** As the centre told it last; holds no secret. */
  readonly session: Session;
  /** Null until the person has come in with a password while the centre answered. */
  readonly verifier: Verifier | null;
  /** The login that this copy began with, by the API's clock; 0 where nobody knows. */
  readonly begunAt: Instant;
  /** The last order of an administrator to remove copies begun before it; 0 where there was none. */
  readonly forgetBefore: Instant;
  /** Moment of the last work here, by this workstation's clock; never goes back. */
  readonly usedAt: Instant;
  /** Wrong secrets in a row without the network. */
  readonly wrong: number;
  /** Rest of the pause after them, ms of a window that is open: no clock can shorten it. */
  readonly waitMs: number;
}

type PeopleDatabase = Dexie & { readonly person: EntityTable<PersonHere, 'profile'> };

let database: PeopleDatabase | null = null;

/** Strictly durable: a pause that is lost with the power would be no pause. */
function people(): PeopleDatabase {
  if (database === null) {
    database = new Dexie('pult-people', { chromeTransactionDurability: 'strict' }) as PeopleDatabase;
    database.version(1).stores({ person: 'profile' });
  }
  return database;
}

/** Fields that earlier releases have not kept. */
const UNKNOWN = { begunAt: 0, forgetBefore: 0 } as const;

/** Everybody this workstation knows, whoever worked last first. */
export async function peopleHere(): Promise<readonly PersonHere[]> {
  const all = (await people().person.toArray()).map((person) => ({ ...UNKNOWN, ...person }));
  return all.toSorted((a, b) => b.usedAt - a.usedAt);
}

/** The person who comes in under this name, written in whichever case, as at the centre. */
export async function personNamed(login: string): Promise<PersonHere | null> {
  const wanted = login.trim().toLowerCase();
  return (await peopleHere()).find(({ session }) => session.account.login.toLowerCase() === wanted) ?? null;
}

/** Changes what is kept of a person as one step, whatever other windows do; gives it as it was before. */
export async function changePerson(
  profile: string,
  change: (person: PersonHere) => PersonHere,
): Promise<PersonHere | null> {
  const { person: table } = people();
  return people().transaction('rw', table, async () => {
    const before = await table.get(profile);
    if (before !== undefined) await table.put(change({ ...UNKNOWN, ...before }));
    return before ?? null;
  });
}

/** Takes in people whose copies an earlier release has left without a word about them. */
export async function addPeople(found: readonly PersonHere[]): Promise<void> {
  const { person: table } = people();
  await people().transaction('rw', table, async () => {
    const known = new Set(await table.toCollection().primaryKeys());
    await table.bulkAdd(found.filter(({ profile }) => !known.has(profile)));
  });
}

/** Forgets that this person has ever worked here. */
export async function removePerson(profile: string): Promise<void> {
  await people().person.delete(profile);
}

/**
 * Keeps that this person works here now. `verifier` takes the place of the one before; left out, that stays,
 * unless another system lets the person in since, or does no more.
 */
export async function keepPerson(session: Session, now: Instant, verifier?: Verifier): Promise<void> {
  const { person: table } = people();
  const profile = profileOf(session);
  await people().transaction('rw', table, async () => {
    const before = await table.get(profile);
    const usedAt = Math.max(before?.usedAt ?? 0, now);
    // Who goes on without the network knows no newer setting than the centre's last word.
    const region = { ...before?.session.region, ...session.region };
    const { begunAt = UNKNOWN.begunAt } = session;
    const fresh = { ...UNKNOWN, verifier: null, begunAt, wrong: 0, waitMs: 0 };
    const isMoved = before !== undefined && isJudgedElsewhere(before.session) !== isJudgedElsewhere(session);
    const moved = isMoved ? { verifier: null, wrong: 0, waitMs: 0 } : {};
    const kept = { ...fresh, ...before, ...moved, profile, session: { ...session, region }, usedAt };
    await table.put(verifier === undefined ? kept : { ...kept, verifier, wrong: 0, waitMs: 0 });
  });
}
