import { sql } from 'kysely';
import type { Role } from '#shared/domain/actor.ts';
import type { LinkKind } from '#shared/protocol/sign-in.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { ProvidedPerson } from './claims.ts';
import { SignInRefused } from './sign-in-refused.ts';

/** An account that a person of a provider has or may have here. */
export interface OwnAccount {
  readonly id: string;
  readonly displayName: string;
  readonly role: Role;
  readonly agency: string | null;
  readonly isDisabled: boolean;
  /** It is theirs since an earlier sign-in. */
  readonly isLinked: boolean;
}

const accounts = (tx: ScopedTransaction, region: string) =>
  tx
    .selectFrom('account as a')
    .select(['a.id', 'a.display_name as displayName', 'a.role', 'a.agency', 'a.disabled as isDisabled'])
    .where('a.region_id', '=', region);

async function findLinked(tx: ScopedTransaction, region: string, { issuer, subject }: ProvidedPerson) {
  return accounts(tx, region)
    .innerJoin('sign_in_identity as i', (join) =>
      join.onRef('i.region_id', '=', 'a.region_id').onRef('i.account_id', '=', 'a.id'),
    )
    .where('i.issuer', '=', issuer)
    .where('i.subject', '=', subject)
    .executeTakeFirst();
}

/** Accounts that the administrator lets a first sign-in take: by one login or one mail address. */
async function findAlike(
  tx: ScopedTransaction,
  region: string,
  { login, mail }: ProvidedPerson,
  linkBy: LinkKind,
) {
  if (linkBy === 'login')
    return accounts(tx, region)
      .where(sql<boolean>`lower(a.login) = lower(${login})`)
      .execute();
  if (linkBy === 'none' || mail === null) return [];
  return accounts(tx, region)
    .innerJoin('notice_choice as c', (join) =>
      join.onRef('c.region_id', '=', 'a.region_id').onRef('c.account_id', '=', 'a.id'),
    )
    .where(sql<boolean>`lower(c.address) = lower(${mail})`)
    .execute();
}

async function isSomebodys(tx: ScopedTransaction, region: string, account: string, issuer: string) {
  const found = await tx
    .selectFrom('sign_in_identity')
    .select('subject')
    .where('region_id', '=', region)
    .where('account_id', '=', account)
    .where('issuer', '=', issuer)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * Finds the account of a person of a provider: linked before, or one that may be linked now; null where there
 * is none. Of two alike neither is taken. Throws SignInRefused where it is another person's already.
 */
export async function findOwnAccount(
  tx: ScopedTransaction,
  region: string,
  person: ProvidedPerson,
  linkBy: LinkKind,
): Promise<OwnAccount | null> {
  const linked = await findLinked(tx, region, person);
  if (linked !== undefined) return { ...linked, isLinked: true };
  const [alike, another] = await findAlike(tx, region, person, linkBy);
  if (alike === undefined || another !== undefined) return null;
  if (await isSomebodys(tx, region, alike.id, person.issuer)) throw new SignInRefused('linked', person.login);
  return { ...alike, isLinked: false };
}
