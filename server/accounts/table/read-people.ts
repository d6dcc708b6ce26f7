import { sql } from 'kysely';
import type { TablePerson } from '#shared/domain/account-rules.ts';
import { loginLooks } from '#shared/domain/records/looks.ts';
import type { PasswordJudge } from '#shared/protocol/sign-in.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** Somebody of the region as a load finds them. */
export interface KnownPerson extends TablePerson {
  readonly id: string;
  readonly passwordIsTemporary: boolean;
  readonly judgedBy: PasswordJudge;
}

/**
 * Reads the people of a region by login, small letters, and holds their rows until the transaction ends: two
 * administrators never shut each other out at once.
 */
export async function lockPeople(
  tx: ScopedTransaction,
  region: string,
): Promise<ReadonlyMap<string, KnownPerson>> {
  const rows = await tx
    .selectFrom('account as a')
    .leftJoin('notice_choice as c', (join) =>
      join.onRef('c.region_id', '=', 'a.region_id').onRef('c.account_id', '=', 'a.id'),
    )
    .select([
      'a.id',
      'a.login',
      'a.display_name as displayName',
      'a.role',
      'a.agency',
      'a.disabled as isDisabled',
      'a.password_is_temporary as passwordIsTemporary',
      'a.judged_by as judgedBy',
      'c.address as mail',
    ])
    .where('a.region_id', '=', region)
    .orderBy('a.id')
    .forUpdate('a')
    .execute();
  return new Map(rows.map((row) => [row.login.toLowerCase(), row]));
}

/** The agencies of a region. */
export async function readAgencyIds(tx: ScopedTransaction, region: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('reference')
    .select('id')
    .where('region_id', '=', region)
    .where('kind', '=', 'agency')
    .where('deleted', '=', false)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Logins that somebody of this installation has, and those that look like somebody's. */
export interface TakenLogins {
  readonly same: ReadonlySet<string>;
  readonly alike: ReadonlySet<string>;
}

/** Says which of these logins nobody new can have, whichever region they are taken in. */
export async function findTakenLogins(
  tx: ScopedTransaction,
  logins: readonly string[],
): Promise<TakenLogins> {
  const { rows } = await sql<{ login: string; isSame: boolean; isAlike: boolean }>`
    select given as login, exists (select from account_for_login(given)) as "isSame",
      login_is_taken(looks) as "isAlike"
    from unnest(${[...logins]}::text[], ${logins.map(loginLooks)}::text[]) as n(given, looks)`.execute(tx);
  const those = (isMeant: (row: (typeof rows)[number]) => boolean) =>
    new Set(rows.filter(isMeant).map(({ login }) => login));
  return { same: those(({ isSame }) => isSame), alike: those(({ isAlike }) => isAlike) };
}
