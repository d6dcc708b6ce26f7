import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Database } from '#server/store/database.ts';

const WINDOW_MS = 15 * 60_000;
/**
 * Wrong passwords in a window: for one name from one address, and for any names from one address (an office
 * behind NAT).
 */
const FOR_LOGIN = 10;
const FOR_ADDRESS = 100;

function keyOf(...parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

const keysOf = (login: string, address: string) => [
  { key: keyOf('login', login.toLowerCase(), address), limit: FOR_LOGIN },
  { key: keyOf('address', address), limit: FOR_ADDRESS },
];

async function count(db: Database, key: Buffer, now: Instant): Promise<{ failures: number; since: Instant }> {
  const isOver = sql<boolean>`login_attempt.since <= ${now - WINDOW_MS}`;
  const row = await db
    .insertInto('login_attempt')
    .values({ key, failures: 1, since: now })
    .onConflict((oc) =>
      oc.column('key').doUpdateSet({
        failures: sql<number>`case when ${isOver} then 1 else login_attempt.failures + 1 end`,
        since: sql<number>`case when ${isOver} then ${now}::bigint else login_attempt.since end`,
      }),
    )
    .returning(['failures', 'since'])
    .executeTakeFirst();
  return must(row, 'an upsert gives its row');
}

/**
 * An attempt that goes too far. `isFirst` in its window: the audit log is told once, or a guesser would fill
 * the disk.
 */
export interface TooManyAttempts {
  readonly retryAfterMs: number;
  readonly isFirst: boolean;
}

/**
 * Counts an attempt before its password is looked at, so that guesses in parallel are counted too. Kept in
 * the database: API processes hold no state. Gives null when the attempt may go on.
 */
export async function countAttempt(
  db: Database,
  login: string,
  address: string,
  now: Instant,
): Promise<TooManyAttempts | null> {
  const found: TooManyAttempts[] = [];
  for (const { key, limit } of keysOf(login, address)) {
    const { failures, since } = await count(db, key, now);
    if (failures > limit)
      found.push({ retryAfterMs: since + WINDOW_MS - now, isFirst: failures === limit + 1 });
  }
  if (found.length === 0) return null;
  return {
    retryAfterMs: Math.max(...found.map((attempt) => attempt.retryAfterMs)),
    isFirst: found.some((attempt) => attempt.isFirst),
  };
}

/**
 * A right password forgets the failures of this name here, takes this attempt off the address, and tidies up.
 */
export async function forgiveAttempts(
  db: Database,
  login: string,
  address: string,
  now: Instant,
): Promise<void> {
  await db
    .deleteFrom('login_attempt')
    .where('key', '=', keyOf('login', login.toLowerCase(), address))
    .execute();
  await db
    .updateTable('login_attempt')
    .set({ failures: sql<number>`failures - 1` })
    .where('key', '=', keyOf('address', address))
    .execute();
  await db
    .deleteFrom('login_attempt')
    .where('since', '<=', now - WINDOW_MS)
    .execute();
}
