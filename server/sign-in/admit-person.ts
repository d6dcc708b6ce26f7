import { loginNameTrouble } from '#shared/domain/login-name.ts';
import { loginLooks } from '#shared/domain/records/looks.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { GroupRule, PasswordJudge, ProviderSettings } from '#shared/protocol/sign-in.ts';
import { actLine, hasAgency, isLastAdministrator } from '#server/accounts/account-refusal.ts';
import { writeAudit, type AuditOrigin } from '#server/accounts/audit.ts';
import { storePerson } from '#server/accounts/change-account.ts';
import { insertAccount } from '#server/accounts/create-account.ts';
import { findAccount, isLoginTaken } from '#server/accounts/find-account.ts';
import { hashPassword } from '#server/accounts/password.ts';
import { endEntrances } from '#server/accounts/shut-entrances.ts';
import { newToken } from '#server/accounts/session-token.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { actFor, withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { rightsOf, type ProvidedPerson } from './claims.ts';
import { findOwnAccount, type OwnAccount } from './find-own-account.ts';
import { SignInRefused } from './sign-in-refused.ts';

/** A person whom a provider or a directory vouches for, at the door of a region. */
export interface Arrival {
  readonly region: string;
  readonly person: ProvidedPerson;
  readonly settings: Pick<ProviderSettings, 'groups' | 'linkBy' | 'mayCreate'>;
  /** Who vouches. */
  readonly judge: Exclude<PasswordJudge, 'here'>;
  readonly origin: AuditOrigin;
  readonly now: Instant;
  /** The one account of old that may be taken over, where another was not proven to be theirs. */
  readonly mayTake?: string | null;
}

interface Prepared extends Arrival {
  readonly rights: GroupRule;
  /** Of a password that nobody knows. */
  readonly password_hash: string;
  /** The login is somebody's, or looks like somebody's. */
  readonly isLoginTaken: boolean;
}

/** Makes the account of somebody new. */
async function create(tx: ScopedTransaction, arrival: Prepared): Promise<string> {
  const { region, person, settings, rights, password_hash, judge: judgedBy, origin, now } = arrival;
  const { login, displayName } = person;
  if (!settings.mayCreate) throw new SignInRefused('unknown_person', login);
  if (loginNameTrouble(login) !== null) throw new SignInRefused('login_unfit', login);
  if (arrival.isLoginTaken) throw new SignInRefused('login_taken', login);
  const { role, agency } = rights;
  const account = { login, displayName, role, agency, password_hash, judgedBy };
  const id = await insertAccount(tx, region, account, now);
  const detail = { account: id, after: { login, displayName, role, agency } };
  const line = actLine({ region, by: id, ...origin }, now);
  await writeAudit(tx, region, { ...line, action: 'account_added', detail });
  return id;
}

/**
 * Makes an account the person's: from now on its password opens nothing, nor does anything that was opened
 * with it. Gives how many sessions ended.
 */
async function link(tx: ScopedTransaction, arrival: Prepared, account: string): Promise<number> {
  const { region, person, password_hash, judge: judged_by, now } = arrival;
  await tx
    .insertInto('sign_in_identity')
    .values({
      region_id: region,
      issuer: person.issuer,
      subject: person.subject,
      account_id: account,
      linked_at: now,
    })
    .execute();
  await tx
    .updateTable('account')
    .set({ judged_by, password_hash, password_is_temporary: false })
    .where('region_id', '=', region)
    .where('id', '=', account)
    .execute();
  await actFor(tx, account);
  return endEntrances(tx, account, now);
}

/** Links an account of old, and tells so. */
async function takeOver(tx: ScopedTransaction, arrival: Prepared, account: string): Promise<void> {
  const { region, origin, now } = arrival;
  const endedSessions = await link(tx, arrival, account);
  const line = actLine({ region, by: account, ...origin }, now);
  await writeAudit(tx, region, { ...line, action: 'account_linked', detail: { account, endedSessions } });
}

/** Gives somebody the name and the rights that the provider tells today. The last administrator stays one. */
async function renew(tx: ScopedTransaction, arrival: Prepared, own: OwnAccount): Promise<void> {
  const { region, person, rights, origin, now } = arrival;
  const isLast = rights.role !== 'administrator' && (await isLastAdministrator(tx, region, own.id));
  const { role, agency } = isLast ? own : rights;
  const { displayName } = person;
  if (displayName === own.displayName && role === own.role && agency === own.agency) return;
  const before = { displayName: own.displayName, role: own.role, agency: own.agency };
  await storePerson(
    tx,
    { region, account: own.id, by: own.id, ...origin },
    before,
    { displayName, role, agency },
    now,
  );
}

function rightsAt({ person, settings }: Arrival): GroupRule {
  const rights = rightsOf(settings.groups, person.groups);
  if (rights === null) throw new SignInRefused('no_group', person.login);
  return rights;
}

/** Finds the account of somebody who may come in; null where one would be made. Throws SignInRefused. */
async function findOwn(
  tx: ScopedTransaction,
  { region, person, settings }: Arrival,
  { agency }: GroupRule,
): Promise<OwnAccount | null> {
  if (agency !== null && !(await hasAgency(tx, region, agency)))
    throw new SignInRefused('agency', person.login);
  const own = await findOwnAccount(tx, region, person, settings.linkBy);
  if (own?.isDisabled === true) throw new SignInRefused('disabled', person.login);
  return own;
}

/**
 * Finds by what account somebody who was vouched for would come in, and changes nothing; null where they have
 * none yet. Throws SignInRefused.
 */
export const findAdmitted = (db: Database, arrival: Arrival): Promise<string | null> =>
  withScope(db, { region: arrival.region }, async (tx) => {
    const own = await findOwn(tx, arrival, rightsAt(arrival));
    return own?.id ?? null;
  });

const admit = (db: Database, arrival: Prepared): Promise<string> =>
  withScope(db, { region: arrival.region }, async (tx) => {
    const own = await findOwn(tx, arrival, arrival.rights);
    if (own === null) {
      const id = await create(tx, arrival);
      await link(tx, arrival, id);
      return id;
    }
    const { mayTake = own.id, person } = arrival;
    if (!own.isLinked && own.id !== mayTake) throw new SignInRefused('login_taken', person.login);
    if (!own.isLinked) await takeOver(tx, arrival, own.id);
    await renew(tx, arrival, own);
    return own.id;
  });

/**
 * Gives the account of somebody whom a provider or a directory has vouched for: the one that is theirs, one
 * of old that may be linked, or a new one. Their groups decide on the rights, each time anew. All of it
 * happens or nothing. Throws SignInRefused.
 */
export async function admitPerson(db: Database, arrival: Arrival): Promise<string> {
  const { person } = arrival;
  const rights = rightsAt(arrival);
  const prepare = async (): Promise<Prepared> => ({
    ...arrival,
    rights,
    password_hash: await hashPassword(newToken()),
    isLoginTaken:
      (await findAccount(db, person.login)) !== undefined ||
      (await isLoginTaken(db, loginLooks(person.login))),
  });
  try {
    return await admit(db, await prepare());
  } catch (error) {
    // 23505: the same person came in at another window, or somebody took the login meanwhile.
    if (errorCode(error) !== '23505') throw error;
    return admit(db, await prepare());
  }
}
