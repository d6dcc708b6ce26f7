import { personTrouble, type PersonFields } from '#shared/domain/account-rules.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import {
  actLine,
  agencyTrouble,
  isLastAdministrator,
  loadOf,
  municipalityTrouble,
  refuse,
  type AccountAct,
  type AccountRefusal,
} from './account-refusal.ts';
import { changeBetween } from './audit-change.ts';
import { writeAudit } from './audit.ts';
import { publishAccount } from './publish-account.ts';
import { endSessionsOf } from './session-store.ts';

export type ChangedAccount =
  | { readonly kind: 'changed'; readonly ended: number }
  | { readonly kind: 'unknown' }
  | AccountRefusal;

const readPerson = (tx: ScopedTransaction, { region, account }: AccountAct) =>
  tx
    .selectFrom('account')
    .select(['display_name as displayName', 'role', 'agency', 'municipalities'])
    .where('region_id', '=', region)
    .where('id', '=', account)
    .forUpdate()
    .executeTakeFirst();

/**
 * Stores what somebody is from now on, and in the audit log what they were before. With another role or
 * agency all their sessions end.
 */
export async function storePerson(
  tx: ScopedTransaction,
  act: AccountAct,
  before: PersonFields,
  { displayName, role, agency, municipalities = before.municipalities }: PersonFields,
  now: Instant,
): Promise<Extract<ChangedAccount, { kind: 'changed' }>> {
  const { region, account } = act;
  await tx
    .updateTable('account')
    .set({
      display_name: displayName,
      role,
      agency,
      ...(municipalities === undefined ? {} : { municipalities: JSON.stringify(municipalities) }),
    })
    .where('region_id', '=', region)
    .where('id', '=', account)
    .execute();
  // A console shows and downloads by the rights its person came in with.
  const isMoved = before.role !== role || before.agency !== agency;
  const ended = isMoved ? await endSessionsOf(tx, account, null) : 0;
  const places = municipalities === undefined ? {} : { municipalities };
  const change = changeBetween({ ...before }, { displayName, role, agency, ...places });
  const detail = { account, ...change, endedSessions: ended, ...loadOf(act) };
  await writeAudit(tx, region, { ...actLine(act, now), action: 'account_changed', detail });
  await publishAccount(tx, region, account);
  return { kind: 'changed', ended };
}

/**
 * Changes a person's name, role or agency. With another role or agency their sessions end: what they have not
 * sent waits at their workstation and goes when they log in, by their new rights.
 */
export async function changeAccount(
  db: Database,
  act: AccountAct,
  fields: PersonFields,
  now: Instant,
): Promise<ChangedAccount> {
  const why =
    personTrouble(fields) ??
    (await agencyTrouble(db, act.region, fields)) ??
    (await municipalityTrouble(db, act.region, fields));
  if (why !== null) return refuse(why);
  return withScope(db, { region: act.region, account: act.account }, async (tx) => {
    const isLast = await isLastAdministrator(tx, act.region, act.account);
    const before = await readPerson(tx, act);
    if (before === undefined) return { kind: 'unknown' };
    if (before.role !== fields.role && isLast) return refuse('last_administrator');
    if (before.role !== fields.role && act.by === act.account) return refuse('oneself');
    return storePerson(tx, act, before, fields, now);
  });
}
