import { v7 as uuidv7 } from 'uuid';
import type { Role } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { PasswordJudge } from '#shared/protocol/sign-in.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { hashPassword } from './password.ts';
import { publishAccount } from './publish-account.ts';

/** An account to be made. `agency` is set for executors, and for them only. */
export interface NewAccount {
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly agency: string | null;
  readonly municipalities?: readonly string[] | undefined;
  readonly password: string;
  /** Somebody else chose the password: the person sets one of their own at the first login. */
  readonly passwordIsTemporary?: boolean;
  /** Left out: a new one. */
  readonly id?: string;
}

/**
 * Makes an account and tells consoles of the region its name through the feed. Gives its id. A taken login
 * throws 23505.
 */
export async function createAccount(
  db: Database,
  region: string,
  account: NewAccount,
  now: Instant,
): Promise<string> {
  const password_hash = await hashPassword(account.password);
  return withScope(db, { region }, (tx) => insertAccount(tx, region, { ...account, password_hash }, now));
}

/** An account whose password was hashed before the transaction, or is judged elsewhere. */
interface HashedAccount extends Omit<NewAccount, 'password'> {
  readonly password_hash: string;
  readonly judgedBy?: PasswordJudge;
}

/** As {@link createAccount}, within a transaction. */
export async function insertAccount(
  tx: ScopedTransaction,
  region: string,
  account: HashedAccount,
  now: Instant,
): Promise<string> {
  const { id = uuidv7(), login, displayName, role, agency, municipalities = [], password_hash } = account;
  await tx
    .insertInto('account')
    .values({
      region_id: region,
      id,
      login,
      display_name: displayName,
      role,
      agency,
      municipalities: JSON.stringify(municipalities),
      password_hash,
      password_is_temporary: account.passwordIsTemporary ?? false,
      judged_by: account.judgedBy ?? 'here',
      created_at: now,
    })
    .execute();
  await publishAccount(tx, region, id);
  return id;
}
