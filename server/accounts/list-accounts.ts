import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { withScope, type Database } from '#server/store/database.ts';

/** Columns of which a person has one value each. */
const OWN = [
  'a.id',
  'a.login',
  'a.display_name',
  'a.role',
  'a.agency',
  'a.municipalities',
  'a.disabled',
  'a.password_is_temporary',
  'a.judged_by',
  'c.address',
  'f.secret',
] as const;

/** The people of a region, by name. */
export const listAccounts = (db: Database, region: string, now: Instant): Promise<ListedAccount[]> =>
  withScope(db, { region }, (tx) =>
    tx
      .selectFrom('account as a')
      .leftJoin('session as s', (join) =>
        join.onRef('s.region_id', '=', 'a.region_id').onRef('s.account_id', '=', 'a.id'),
      )
      .leftJoin('notice_choice as c', (join) =>
        join.onRef('c.region_id', '=', 'a.region_id').onRef('c.account_id', '=', 'a.id'),
      )
      .leftJoin('second_factor as f', (join) =>
        join.onRef('f.region_id', '=', 'a.region_id').onRef('f.account_id', '=', 'a.id'),
      )
      .select(({ fn }) => [
        ...(['a.id', 'a.login', 'a.display_name as displayName', 'a.role', 'a.agency'] as const),
        'a.municipalities',
        'a.disabled as isDisabled',
        'a.password_is_temporary as passwordIsTemporary',
        'a.judged_by as judgedBy',
        'c.address as mail',
        sql<boolean>`f.secret is not null`.as('hasSecondFactor'),
        fn.max('s.seen_at').as('seenAt'),
        fn.count<number>('s.token_hash').filterWhere('s.expires_at', '>', now).as('sessions'),
      ])
      .where('a.region_id', '=', region)
      .groupBy(OWN)
      .orderBy('a.display_name')
      .orderBy('a.login')
      .execute(),
  );
