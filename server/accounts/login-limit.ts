import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { MS_PER_DAY, MS_PER_HOUR, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { networkOf } from '#server/net/network-of.ts';
import type { Database } from '#server/store/database.ts';

/** The first pause; each further wrong password doubles it, up to the longest. */
const FIRST_PAUSE_MS = 120_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** Wrong passwords of one person from one network, or at one known device, before a pause. */
const FAILURES = 10;
/** The same where somebody is guessing: from this network at many people, or at this person from many. */
const FAILURES_UNDER_ATTACK = 3;
/** Wrong passwords in an hour that are called guessing. */
const ATTACK = 100;
/** Rows that are kept: an attacker gets rid of a count of his by a hundred thousand others' at most. */
const MAX_ROWS = 100_000;
/** One attempt in so many tidies up. */
const TIDY_EVERY = 100;

/** Somebody who wants to come in. `device`: the hash of a device this very person is known at, or null. */
export interface LoginSource {
  readonly login: string;
  readonly address: string;
  readonly device: Buffer | null;
}

interface Keys {
  /** Of the person here: the only count that makes anybody wait. */
  readonly own: Buffer;
  /** Counts that only tell of an attack. */
  readonly signs: readonly Buffer[];
}

function keyOf(...parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

function keysOf({ login, address, device }: LoginSource): Keys {
  const person = login.toLowerCase();
  const network = networkOf(address);
  // A known device is judged by itself alone: whatever others do in its network is not its fault.
  if (device !== null) return { own: keyOf('device', device.toString('hex'), person), signs: [] };
  const signs = [keyOf('network', network), keyOf('person', person)];
  return { own: keyOf('here', person, network), signs };
}

async function countSign(db: Database, key: Buffer, now: Instant): Promise<number> {
  const isOver = sql<boolean>`login_attempt.since <= ${now - MS_PER_HOUR}`;
  const row = await db
    .insertInto('login_attempt')
    .values({ key, failures: 1, since: now })
    .onConflict((oc) =>
      oc.column('key').doUpdateSet({
        failures: sql<number>`case when ${isOver} then 1 else login_attempt.failures + 1 end`,
        since: sql<number>`case when ${isOver} then ${now}::bigint else login_attempt.since end`,
      }),
    )
    .returning('failures')
    .executeTakeFirst();
  return must(row, 'an upsert gives its row').failures;
}

/**
 * Counts an attempt of a person here, unless a pause stands: then nothing changes, so that no pause is made
 * longer by those who do not wait. From the budget's last attempt on each sets a pause.
 */
async function countOwn(db: Database, key: Buffer, budget: number, now: Instant): Promise<Instant | null> {
  const isOver = sql<boolean>`login_attempt.since <= ${now - MS_PER_DAY}`;
  const failures = sql<number>`case when ${isOver} then 1 else login_attempt.failures + 1 end`;
  // 2 to the 10th is long past the longest pause.
  const pause = sql<number>`least(${LONGEST_PAUSE_MS}::int,
    ${FIRST_PAUSE_MS}::int * (1 << least(10, ${failures} - ${budget}::int)))`;
  const counted = await db
    .insertInto('login_attempt')
    .values({ key, failures: 1, since: now })
    .onConflict((oc) =>
      oc
        .column('key')
        .doUpdateSet({
          failures,
          since: sql<number>`case when ${isOver} then ${now}::bigint else login_attempt.since end`,
          paused_until: sql<number>`case when ${failures} < ${budget}::int then 0
            else ${now}::bigint + ${pause} end`,
        })
        .where('login_attempt.paused_until', '<=', now),
    )
    .returning('paused_until')
    .executeTakeFirst();
  return counted?.paused_until ?? null;
}

/**
 * An attempt that was counted. `paused`: it must wait for so long, and its password is not looked at.
 * `allowed`: should it be wrong, the next one waits until `pausedUntil`, 0 for not at all.
 */
export type CountedAttempt =
  | { readonly kind: 'paused'; readonly retryAfterMs: number }
  | { readonly kind: 'allowed'; readonly pausedUntil: Instant };

/**
 * Counts an attempt before its password is looked at, so that guesses in parallel are counted too. Kept in
 * the database: API processes hold no state. See docs/decisions/025-login-limits.md.
 */
export async function countAttempt(db: Database, source: LoginSource, now: Instant): Promise<CountedAttempt> {
  const { own, signs } = keysOf(source);
  if (Math.random() * TIDY_EVERY < 1) await tidy(db, now);
  const counts = await Promise.all(signs.map((key) => countSign(db, key, now)));
  const budget = counts.some((count) => count > ATTACK) ? FAILURES_UNDER_ATTACK : FAILURES;
  const pausedUntil = await countOwn(db, own, budget, now);
  if (pausedUntil !== null) return { kind: 'allowed', pausedUntil };
  return { kind: 'paused', retryAfterMs: Math.max(1, await restOfPause(db, own, now)) };
}

/** The count of a person's codes: who sends one knows the password, so it matters not from where. */
const codeKey = (region: string, account: string): Buffer => keyOf('code', region, account);

/** Counts a code of a second factor before it is looked at; see {@link countAttempt}. */
export async function countCode(
  db: Database,
  { region, account }: { readonly region: string; readonly account: string },
  now: Instant,
): Promise<CountedAttempt> {
  const key = codeKey(region, account);
  const pausedUntil = await countOwn(db, key, FAILURES, now);
  if (pausedUntil !== null) return { kind: 'allowed', pausedUntil };
  return { kind: 'paused', retryAfterMs: Math.max(1, await restOfPause(db, key, now)) };
}

/** A right code forgets the wrong ones. */
export async function forgiveCodes(
  db: Database,
  { region, account }: { readonly region: string; readonly account: string },
): Promise<void> {
  await db.deleteFrom('login_attempt').where('key', '=', codeKey(region, account)).execute();
}

async function restOfPause(db: Database, key: Buffer, now: Instant): Promise<number> {
  const row = await db
    .selectFrom('login_attempt')
    .select('paused_until')
    .where('key', '=', key)
    .executeTakeFirst();
  return Math.max(0, (row?.paused_until ?? now) - now);
}

/** Tells how long somebody here must wait, ms; counts nothing. */
export const pauseOf = (db: Database, source: LoginSource, now: Instant): Promise<number> =>
  restOfPause(db, keysOf(source).own, now);

/** A right password forgets the failures of this person here, and takes this attempt off the signs. */
export async function forgiveAttempts(db: Database, source: LoginSource): Promise<void> {
  const { own, signs } = keysOf(source);
  await db.deleteFrom('login_attempt').where('key', '=', own).execute();
  if (signs.length === 0) return;
  await db
    .updateTable('login_attempt')
    .set({ failures: sql<number>`greatest(0, failures - 1)` })
    .where('key', 'in', signs)
    .execute();
}

/** Removes counts that are over, and the oldest beyond what is kept. */
export async function tidy(db: Database, now: Instant, maxRows = MAX_ROWS): Promise<void> {
  await db
    .deleteFrom('login_attempt')
    .where('since', '<=', now - MS_PER_DAY)
    .execute();
  const beyond = db
    .selectFrom('login_attempt')
    .select('since')
    .orderBy('since', 'desc')
    .offset(maxRows)
    .limit(1);
  await db.deleteFrom('login_attempt').where('since', '<=', beyond).execute();
}
