import { v7 as uuidv7 } from 'uuid';
import type { Role } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { hashPassword } from './password.ts';
import { publishAccount } from './publish-account.ts';

/** An account to be made. `agency` is set for executors, and for them only. */
export interface NewAccount {
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly agency: string | null;
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
  const { id = uuidv7(), login, displayName, role, agency, passwordIsTemporary = false } = account;
  const password_hash = await hashPassword(account.password);
  await withScope(db, { region }, async (tx) => {
    await tx
      .insertInto('account')
      .values({
        region_id: region,
        id,
        login,
        display_name: displayName,
        role,
        agency,
        password_hash,
        password_is_temporary: passwordIsTemporary,
        created_at: now,
      })
      .execute();
    await publishAccount(tx, region, id);
  });
  return id;
}
