import { newcomerTrouble, type AccountTrouble, type Newcomer } from '#shared/domain/account-rules.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { loginLooks } from '#shared/domain/records/looks.ts';
import { errorCode } from '#server/process/startup-error.ts';
import type { Database } from '#server/store/database.ts';
import {
  actLine,
  agencyTrouble,
  municipalityTrouble,
  refuse,
  type AccountAct,
  type AccountRefusal,
} from './account-refusal.ts';
import { auditAlone } from './audit.ts';
import { createAccount } from './create-account.ts';
import { findAccount, isLoginTaken } from './find-account.ts';
import { oneTimePassword } from './one-time-password.ts';

export type AddedAccount =
  | { readonly kind: 'added'; readonly id: string; readonly password: string }
  | AccountRefusal;

async function loginTrouble(db: Database, login: string): Promise<AccountTrouble | null> {
  if ((await findAccount(db, login)) !== undefined) return 'login_taken';
  return (await isLoginTaken(db, loginLooks(login))) ? 'login_alike' : null;
}

/** Makes an account with a password for one login, which is given this once. */
export async function addAccount(
  db: Database,
  act: Omit<AccountAct, 'account'>,
  newcomer: Newcomer,
  now: Instant,
): Promise<AddedAccount> {
  const { region } = act;
  const { login, role, agency, displayName, municipalities = [] } = newcomer;
  const why =
    newcomerTrouble(newcomer) ??
    (await agencyTrouble(db, region, newcomer)) ??
    (await municipalityTrouble(db, region, newcomer)) ??
    (await loginTrouble(db, login));
  if (why !== null) return refuse(why);
  const password = oneTimePassword();
  try {
    const id = await createAccount(db, region, { ...newcomer, password, passwordIsTemporary: true }, now);
    const places = municipalities.length === 0 ? {} : { municipalities };
    const detail = { account: id, after: { login, displayName, role, agency, ...places } };
    await auditAlone(db, region, { ...actLine(act, now), action: 'account_added', detail });
    return { kind: 'added', id, password };
  } catch (error) {
    // 23505: somebody took the login meanwhile.
    if (errorCode(error) === '23505') return refuse('login_taken');
    throw error;
  }
}
