import { v7 as uuidv7 } from 'uuid';
import type { Role } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { AccountRow } from '#shared/protocol/session.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { nextRevision } from '#server/store/next-revision.ts';
import { hashPassword } from './password.ts';

/** An account to be made. `agency` is set for executors, and for them only. */
export interface NewAccount {
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly agency: string | null;
  readonly password: string;
  /** Left out: a new one. */
  readonly id?: string;
}

async function publish(tx: ScopedTransaction, region: string, row: AccountRow): Promise<void> {
  const v = await nextRevision(tx, region);
  const where = { region_id: region, v, id: row.id };
  await tx
    .insertInto('reference')
    .values({ ...where, kind: 'account', row: JSON.stringify(row) })
    .execute();
  await tx
    .insertInto('change_log')
    .values({ ...where, entity: 'account', op: 'put', agencies: null })
    .execute();
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
  const { id = uuidv7(), login, displayName, role, agency } = account;
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
        created_at: now,
      })
      .execute();
    await publish(tx, region, { id, displayName, role, agency });
  });
  return id;
}
