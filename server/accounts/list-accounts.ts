import type { Instant } from '#shared/domain/instant.ts';
import type { Role } from '#shared/domain/actor.ts';
import { withScope, type Database } from '#server/store/database.ts';

/** An account as an administrator sees it. */
export interface ListedAccount {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly agency: string | null;
  readonly isDisabled: boolean;
  /** The person has not set a password of their own yet. */
  readonly passwordIsTemporary: boolean;
  /** When a session of this person was last used; null when there is none. */
  readonly seenAt: Instant | null;
}

/** The people of a region, by login. */
export const listAccounts = (db: Database, region: string): Promise<ListedAccount[]> =>
  withScope(db, { region }, (tx) =>
    tx
      .selectFrom('account as a')
      .select((builder) => [
        'a.id',
        'a.login',
        'a.display_name as displayName',
        'a.role',
        'a.agency',
        'a.disabled as isDisabled',
        'a.password_is_temporary as passwordIsTemporary',
        builder
          .selectFrom('session as s')
          .select(({ fn }) => fn.max('s.seen_at').as('seenAt'))
          .whereRef('s.region_id', '=', 'a.region_id')
          .whereRef('s.account_id', '=', 'a.id')
          .as('seenAt'),
      ])
      .where('a.region_id', '=', region)
      .orderBy('a.login')
      .execute(),
  );
