import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { judgeDeputyship, type Deputyship, type DeputyTrouble } from '#shared/domain/deputyship.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { DeputyFields } from '#shared/protocol/accounts.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { actLine, type AccountAct } from '../account-refusal.ts';
import { changeBetween } from '../audit-change.ts';
import { writeAudit } from '../audit.ts';
import { publishAccount } from '../publish-account.ts';
import { readDeputySurroundings } from './read-deputyships.ts';

export type NamedDeputy =
  | { readonly kind: 'named'; readonly id: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly why: DeputyTrouble };

/** An act on one of a person's deputyships. */
export interface DeputyAct extends AccountAct {
  /** Null: a new one. */
  readonly deputyship: string | null;
}

/** Two that are fine by themselves may make a ring together: one after the other. */
const lockDeputies = (tx: ScopedTransaction, region: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`deputies of ${region}`}, 0))`.execute(tx);

const shown = ({ deputy, from, to }: DeputyFields): DeputyFields => ({ deputy, from, to });

/** Stores who stands in for a person on which days, judged on the region's people as they are now. */
export const nameDeputy = (
  db: Database,
  act: DeputyAct,
  fields: DeputyFields,
  now: Instant,
): Promise<NamedDeputy> =>
  withScope(db, { region: act.region, account: act.by }, async (tx) => {
    const { region, account: person } = act;
    await lockDeputies(tx, region);
    const around = await readDeputySurroundings(tx, region, now);
    const before = around.named.find(({ id }) => id === act.deputyship) ?? null;
    const isOthers = before !== null && before.person !== person;
    if (!around.people.has(person) || isOthers || (before === null && act.deputyship !== null))
      return { kind: 'unknown' };
    const wanted = { id: act.deputyship ?? uuidv7(), person, ...fields };
    const why = judgeDeputyship(wanted, around);
    if (why !== null) return { kind: 'refused', why };
    await store(tx, region, wanted, now);
    const change = changeBetween(before === null ? null : { ...shown(before) }, { ...fields });
    const detail = { account: person, ...change };
    await writeAudit(tx, region, { ...actLine(act, now), action: 'deputy_named', detail });
    await publishAccount(tx, region, person);
    return { kind: 'named', id: wanted.id };
  });

async function store(
  tx: ScopedTransaction,
  region: string,
  { id, person, deputy, from, to }: Deputyship,
  now: Instant,
): Promise<void> {
  const days = { deputy_id: deputy, from_day: from, to_day: to };
  await tx
    .insertInto('deputyship')
    .values({ region_id: region, id, account_id: person, ...days, named_at: now })
    .onConflict((conflict) => conflict.columns(['region_id', 'id']).doUpdateSet(days))
    .execute();
}

/** Takes a deputyship away before it has ended by itself. False when the person has no such one. */
export const endDeputy = (db: Database, act: DeputyAct, now: Instant): Promise<boolean> =>
  withScope(db, { region: act.region, account: act.by }, async (tx) => {
    const { region, account: person, deputyship } = act;
    await lockDeputies(tx, region);
    const before = await tx
      .deleteFrom('deputyship')
      .where('region_id', '=', region)
      .where('account_id', '=', person)
      .where('id', '=', deputyship ?? '')
      .returning(['deputy_id as deputy', 'from_day as from', 'to_day as to'])
      .executeTakeFirst();
    if (before === undefined) return false;
    const detail = { account: person, before: { ...before }, after: null };
    await writeAudit(tx, region, { ...actLine(act, now), action: 'deputy_ended', detail });
    await publishAccount(tx, region, person);
    return true;
  });
