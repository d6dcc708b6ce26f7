import { sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { withRetries } from './database-trouble.ts';
import type { Known, Ledger, Ledgers } from './ledger.ts';
import { knowsRevision } from './put-back.ts';
import { DECISION_KINDS, settingsAt } from './centre-settings.ts';
import { lockRecords } from './reference.ts';
import { lockSurroundings } from './lock-surroundings.ts';
import { storeReplay } from './replay.ts';
import type { SettingLine } from './setting-change.ts';
import { lockIncidents, storeChanges } from './store-changes.ts';
import { scopeOf, type SyncSession } from './sync-session.ts';

/** Transactions in PostgreSQL, tried again while others are in their way. */
export const postgresLedgers = (db: Database, session: SyncSession): Ledgers => ({
  transact: (work) =>
    withRetries(() => withScope(db, scopeOf(session), (tx) => work(postgresLedger(tx, session)))),
  headV: () =>
    withScope(db, scopeOf(session), async (tx) => {
      const row = await tx
        .selectFrom('sync_clock')
        .select('v')
        .where('region_id', '=', session.region)
        .executeTakeFirst();
      return must(row, `region ${session.region} has a clock`).v;
    }),
});

function postgresLedger(tx: ScopedTransaction, session: SyncSession): Ledger {
  const { region } = session;
  return {
    lockClient: (clientId, now) => lockClient(tx, session, clientId, now),
    findKnown: (command, seen) => findKnown(tx, session, command, seen),
    statusOf: (command) => statusOf(tx, session, command),
    lockRecords: (kind, ids) => lockRecords(tx, region, kind, ids),
    lockSurroundings: (kind, saved, now) => lockSurroundings(tx, region, kind, saved, now),
    lockIncidents: (ids) => lockIncidents(tx, region, ids),
    settings: (referenceV) => settingsAt(tx, region, referenceV),
    lastMoment: (incident, n) => lastMoment(tx, region, incident, n),
    storeReplay: (replay) => storeReplay(tx, region, replay),
    countOnly: (clientId, seq) => countOnly(tx, region, clientId, seq),
    isFreeNumber: (number) => isFreeNumber(tx, region, number),
    store: async ({ change, records, audit, command, now }) => {
      if (audit !== null) await auditSetting(tx, session, audit, now);
      return storeChanges(tx, region, change === null ? [] : [change], now, command, records);
    },
  };
}

/** Beside the command, so that one does not stand without the other. */
const auditSetting = (
  tx: ScopedTransaction,
  { region, account, origin = { address: '' } }: SyncSession,
  line: SettingLine,
  at: Instant,
): Promise<void> => writeAudit(tx, region, { at, actor: account, ...origin, ...line });

async function lockClient(
  tx: ScopedTransaction,
  session: SyncSession,
  clientId: string,
  now: Instant,
): Promise<number | null> {
  const row = await tx
    .insertInto('sync_client')
    .values({ region_id: session.region, client_id: clientId, actor: session.account, seen_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['region_id', 'client_id'])
        .doUpdateSet({ seen_at: now })
        .where('sync_client.actor', '=', session.account),
    )
    .returning('last_seq')
    .executeTakeFirst();
  return row?.last_seq ?? null;
}

async function findKnown(
  tx: ScopedTransaction,
  session: SyncSession,
  command: string,
  seen: SeenRevision | null,
): Promise<Known> {
  const { rows } = await sql<{
    outcome: CommandOutcome | null;
    reference_v: number;
    disabled: boolean | null;
    is_ours: boolean;
    put_back_at: Instant | null;
  }>`select
    ${knowsRevision(session.region, seen)} as is_ours,
    (select put_back_at from sync_clock where region_id = ${session.region}) as put_back_at,
    (select disabled from account
      where region_id = ${session.region} and id = ${session.account}) as disabled,
    (select outcome from sync_command where region_id = ${session.region} and id = ${command}
      and actor = ${session.account}) as outcome,
    (select coalesce(max(v), 0) from reference where region_id = ${session.region}
      and kind = any (${DECISION_KINDS})) as reference_v`.execute(tx);
  const row = must(rows[0], 'one row');
  const { outcome, reference_v: referenceV, disabled, is_ours: isOurs, put_back_at: putBackAt } = row;
  return { outcome, referenceV, isDisabled: disabled === true, isOurs, putBackAt };
}

async function countOnly(
  tx: ScopedTransaction,
  region: string,
  clientId: string,
  seq: number,
): Promise<void> {
  await tx
    .updateTable('sync_client')
    .set({ last_seq: seq })
    .where('region_id', '=', region)
    .where('client_id', '=', clientId)
    .execute();
}

async function isFreeNumber(tx: ScopedTransaction, region: string, number: number): Promise<boolean> {
  const { rows } = await sql<{ isFree: boolean }>`select c.last_number >= ${number}::int and not exists (
      select from incident where region_id = ${region} and number = ${number}::int) as "isFree"
    from sync_clock c where c.region_id = ${region}`.execute(tx);
  return must(rows[0], `region ${region} has a clock`).isFree;
}

async function statusOf(
  tx: ScopedTransaction,
  session: SyncSession,
  command: string,
): Promise<CommandOutcome['status'] | null> {
  const known = await tx
    .selectFrom('sync_command')
    .select('status')
    .where('region_id', '=', session.region)
    .where('id', '=', command)
    .where('actor', '=', session.account)
    .executeTakeFirst();
  return known?.status ?? null;
}

async function lastMoment(
  tx: ScopedTransaction,
  region: string,
  incident: string,
  n: number,
): Promise<Instant | null> {
  const known = await tx
    .selectFrom('event')
    .select((select) => select.fn.max('at').as('at'))
    .where('region_id', '=', region)
    .where('incident_id', '=', incident)
    .where('n', '<=', n)
    .executeTakeFirst();
  return known?.at ?? null;
}
