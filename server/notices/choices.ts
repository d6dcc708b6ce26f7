import type { Instant } from '#shared/domain/instant.ts';
import {
  MAILED_KINDS,
  type NoticeChoice,
  type MailedKind,
  type GivenNotices,
} from '#shared/protocol/notices.ts';
import { actLine, loadOf, type AccountAct } from '#server/accounts/account-refusal.ts';
import { changeBetween } from '#server/accounts/audit-change.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { withScope, type Scope, type ScopedTransaction } from '#server/store/database.ts';

/** A person of a region. */
export interface PersonKey {
  readonly region: string;
  readonly account: string;
}

/** Gives the kinds that are known among those that are stored. */
export const knownKinds = (off: readonly unknown[]): MailedKind[] =>
  MAILED_KINDS.filter((kind) => off.includes(kind));

const findChoice = (tx: ScopedTransaction, { region, account }: PersonKey) =>
  tx
    .selectFrom('notice_choice')
    .selectAll()
    .where('region_id', '=', region)
    .where('account_id', '=', account)
    .executeTakeFirst();

/**
 * Reads how a person is told, within their own scope; of the centre's settings, which executors do not see,
 * whether mail goes out at all.
 */
export async function readChoice(mailer: Mailer, scope: Scope & PersonKey): Promise<NoticeChoice> {
  const row = await withScope(mailer.db, scope, (tx) => findChoice(tx, scope));
  const { settings } = await mailer.view(scope.region);
  return {
    address: row?.address ?? null,
    wanted: row?.wanted ?? null,
    refusedAt: row?.refused_at ?? null,
    off: knownKinds(row?.off ?? []),
    isMailOn: settings?.isOn ?? false,
  };
}

/**
 * Changes how a person is told, with a line in the audit log. An address that was given anew is tried again,
 * whatever a mail server said of it. False when there is no such person.
 */
export async function changeChoice(
  tx: ScopedTransaction,
  act: AccountAct,
  change: Partial<GivenNotices>,
  now: Instant,
): Promise<boolean> {
  const { region, account } = act;
  const person = await tx
    .selectFrom('account')
    .select('id')
    .where('region_id', '=', region)
    .where('id', '=', account)
    .executeTakeFirst();
  if (person === undefined) return false;
  const row = await findChoice(tx, act);
  const before = { address: row?.address ?? null, off: knownKinds(row?.off ?? []) };
  const after = { ...before, ...change };
  const columns = {
    address: after.address,
    off: JSON.stringify(knownKinds(after.off)),
    changed_at: now,
    ...(change.address === undefined ? {} : { refused_at: null, wanted: null, code_hash: null }),
  };
  await tx
    .insertInto('notice_choice')
    .values({ region_id: region, account_id: account, ...columns })
    .onConflict((conflict) => conflict.columns(['region_id', 'account_id']).doUpdateSet(columns))
    .execute();
  const changed = changeBetween(before, { address: after.address, off: knownKinds(after.off) });
  const detail = { account, before: shown(changed.before), after: shown(changed.after), ...loadOf(act) };
  if (Object.keys(changed.after).length > 0)
    await writeAudit(tx, region, { ...actLine(act, now), action: 'notices_changed', detail });
  return true;
}

/** The fields as the audit log names them. */
const shown = (fields: Readonly<Record<string, unknown>> | null): Readonly<Record<string, unknown>> | null =>
  fields &&
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name === 'off' ? 'noticesOff' : 'mailAddress', value]),
  );
