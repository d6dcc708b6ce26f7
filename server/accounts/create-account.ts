import { v7 as uuidv7 } from 'uuid';
import type { Role } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { AccountRow } from '#shared/protocol/session.ts';
import { withScope, type Database } from '#server/store/database.ts';
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

/** Makes an account and tells consoles of the region its name through the feed. Gives its id. A taken login throws 23505. */
export async function createAccount(
  db: Database,
  region: string,
  account: NewAccount,
  now: Instant,
): Promise<string> {
  const id = account.id ?? uuidv7();
  const password_hash = await hashPassword(account.password);
  const row: AccountRow = {
    id,
    displayName: account.displayName,
    role: account.role,
    agency: account.agency,
  };
  await withScope(db, { region }, async (tx) => {
    const { login, displayName, role, agency } = account;
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
    const v = await nextRevision(tx, region);
    await tx
      .insertInto('reference')
      .values({ region_id: region, kind: 'account', id, row: JSON.stringify(row), v })
      .execute();
    await tx
      .insertInto('change_log')
      .values({ region_id: region, v, entity: 'account', id, op: 'put', agencies: null })
      .execute();
  });
  return id;
}
