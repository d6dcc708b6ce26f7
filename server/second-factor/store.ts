import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';

/** Whose factor it is. */
export interface FactorOwner {
  readonly region: string;
  readonly account: string;
}

/** Reads a person's factor, whether it is confirmed or not. */
export const readFactor = (tx: ScopedTransaction, { region, account }: FactorOwner) =>
  tx
    .selectFrom('second_factor')
    .selectAll()
    .where('region_id', '=', region)
    .where('account_id', '=', account)
    .executeTakeFirst();

/** Tells whether somebody has a factor that counts. */
export async function hasFactor(db: Database, owner: FactorOwner): Promise<boolean> {
  const factor = await withScope(db, owner, (tx) => readFactor(tx, owner));
  return factor !== undefined && factor.secret !== null;
}

/** Keeps a secret that a code is to confirm. */
export async function keepPending(
  tx: ScopedTransaction,
  { region, account }: FactorOwner,
  sealed: string,
  now: Instant,
): Promise<void> {
  const pending = { pending: sealed, pending_at: now };
  await tx
    .insertInto('second_factor')
    .values({
      region_id: region,
      account_id: account,
      secret: null,
      spares: '[]',
      changed_at: now,
      ...pending,
    })
    .onConflict((conflict) => conflict.columns(['region_id', 'account_id']).doUpdateSet(pending))
    .execute();
}

/** Makes the pending secret the one that counts. False when it is not the pending one any more. */
export async function confirmPending(
  tx: ScopedTransaction,
  { region, account }: FactorOwner,
  {
    sealed,
    step,
    spares,
    now,
  }: {
    readonly sealed: string;
    readonly step: number;
    readonly spares: readonly string[];
    readonly now: Instant;
  },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('second_factor')
    .set({
      secret: sealed,
      pending: null,
      pending_at: null,
      last_step: step,
      spares: JSON.stringify(spares),
      changed_at: now,
    })
    .where('region_id', '=', region)
    .where('account_id', '=', account)
    .where('pending', '=', sealed)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await tx
    .updateTable('session')
    .set({ needs_factor: false })
    .where('region_id', '=', region)
    .where('account_id', '=', account)
    .execute();
  return true;
}

/** Uses up a step of the secret that was read: of two who send one code, one is too late. */
export async function takeStep(
  tx: ScopedTransaction,
  { region, account }: FactorOwner,
  sealed: string,
  step: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('second_factor')
    .set({ last_step: step })
    .where('region_id', '=', region)
    .where('account_id', '=', account)
    .where('secret', '=', sealed)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Uses up a spare code. Gives how many are left; null when there is none such. */
export async function takeSpare(
  tx: ScopedTransaction,
  { region, account }: FactorOwner,
  hash: string,
): Promise<number | null> {
  const { rows } = await sql<{ left: number }>`
    update second_factor set spares = spares - ${hash}::text
    where region_id = ${region} and account_id = ${account} and secret is not null and spares ? ${hash}::text
    returning jsonb_array_length(spares) as left`.execute(tx);
  return rows[0]?.left ?? null;
}

/** Puts new spare codes in the place of those there were. */
export async function keepSpares(
  tx: ScopedTransaction,
  { region, account }: FactorOwner,
  spares: readonly string[],
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('second_factor')
    .set({ spares: JSON.stringify(spares), changed_at: now })
    .where('region_id', '=', region)
    .where('account_id', '=', account)
    .execute();
}

/** Takes a factor off. False when there was none that counted. */
export async function dropFactor(tx: ScopedTransaction, owner: FactorOwner): Promise<boolean> {
  const factor = await readFactor(tx, owner);
  await tx
    .deleteFrom('second_factor')
    .where('region_id', '=', owner.region)
    .where('account_id', '=', owner.account)
    .execute();
  return factor !== undefined && factor.secret !== null;
}
