import type { Role } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { loginLooks, loginNameTrouble, type LoginTrouble } from '#shared/domain/login-name.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { auditAlone } from './audit.ts';
import { createAccount } from './create-account.ts';
import { isLoginTaken } from './find-account.ts';
import { oneTimePassword } from './one-time-password.ts';

/** A person who is to come in. `agency`: an executor's, null for everybody else. */
export interface Newcomer {
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly agency: string | null;
}

export type AddTrouble =
  | LoginTrouble
  | 'login_taken'
  | 'name_length'
  | 'agency_missing'
  | 'agency_unknown'
  | 'agency_needless';

export type AddedAccount =
  | { readonly kind: 'added'; readonly id: string; readonly password: string }
  | { readonly kind: 'refused'; readonly why: AddTrouble };

const LONGEST_NAME = 200;

async function agencyTrouble(
  db: Database,
  region: string,
  { role, agency }: Newcomer,
): Promise<AddTrouble | null> {
  if (role !== 'executor') return agency === null ? null : 'agency_needless';
  if (agency === null) return 'agency_missing';
  const found = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('reference')
      .select('id')
      .where('region_id', '=', region)
      .where('kind', '=', 'agency')
      .where('id', '=', agency)
      .where('deleted', '=', false)
      .executeTakeFirst(),
  );
  return found === undefined ? 'agency_unknown' : null;
}

async function troubleOf(db: Database, region: string, newcomer: Newcomer): Promise<AddTrouble | null> {
  const { login, displayName } = newcomer;
  if (displayName === '' || displayName.length > LONGEST_NAME) return 'name_length';
  const trouble = loginNameTrouble(login) ?? (await agencyTrouble(db, region, newcomer));
  if (trouble !== null) return trouble;
  return (await isLoginTaken(db, loginLooks(login))) ? 'login_taken' : null;
}

/**
 * Makes an account with a password for one login, which is given this once. `by`: who decided, for the audit
 * log.
 */
export async function addAccount(
  db: Database,
  region: string,
  newcomer: Newcomer,
  by: string,
  now: Instant,
): Promise<AddedAccount> {
  const why = await troubleOf(db, region, newcomer);
  if (why !== null) return { kind: 'refused', why };
  const password = oneTimePassword();
  try {
    const id = await createAccount(db, region, { ...newcomer, password, passwordIsTemporary: true }, now);
    const { login, displayName, role, agency } = newcomer;
    const detail = { account: id, after: { login, displayName, role, agency } };
    await auditAlone(db, region, { at: now, actor: by, action: 'account_added', address: '', detail });
    return { kind: 'added', id, password };
  } catch (error) {
    // 23505: somebody took the login meanwhile.
    if (errorCode(error) === '23505') return { kind: 'refused', why: 'login_taken' };
    throw error;
  }
}
