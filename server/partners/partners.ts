import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Instant } from '#shared/domain/instant.ts';
import type { PartnerDraft } from '#shared/protocol/partners.ts';
import { hashToken, newToken } from '#server/accounts/session-token.ts';
import type { AllowedNetworks } from '#server/net/safe-address.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { Open311Failure } from './failures.ts';
import { StrangerLimit, takePartnerTurn } from './limits.ts';

/** A partner as a request comes from it. */
export interface PartnerIdentity {
  readonly id: string;
  readonly name: string;
  readonly reads: 'own' | 'all';
}

/** Who asks. `partner` is null when the region lets anybody read. */
export interface Caller {
  readonly region: string;
  readonly partner: PartnerIdentity | null;
}

/** Parts that partners are served with. */
export interface PartnersDeps {
  readonly db: Database;
  readonly now: () => Instant;
  /**
   * The installation's key (server/channels/pages/secrets.ts): secrets of webhooks follow from it and are
   * stored nowhere.
   */
  readonly key: Buffer;
  /** Private networks that webhooks may call. */
  readonly allowed: AllowedNetworks;
}

const settingsSchema = z.looseObject({ openReading: z.boolean().default(false) });

/**
 * True when a region lets anybody read its public requests, which an administrator must have said; null: no
 * such region.
 */
export async function readsOpenly(tx: ScopedTransaction, region: string): Promise<boolean | null> {
  const row = await tx
    .selectFrom('region')
    .select('settings')
    .where('region_id', '=', region)
    .executeTakeFirst();
  return row === undefined ? null : settingsSchema.parse(row.settings).openReading;
}

/** How exactly it is known when a partner last called. */
const SEEN_MS = 60_000;

const hintOf = (key: string): string => key.slice(-4);
const webhookColumns = ({ webhook }: PartnerDraft) => ({
  webhook_url: webhook?.url ?? null,
  webhook_events: JSON.stringify(webhook?.events ?? []),
});

/** Systems of others: their keys, who asks with one, and what their webhooks are signed with. */
export class Partners {
  readonly db: Database;
  readonly now: () => Instant;
  readonly allowed: AllowedNetworks;
  readonly #key: Buffer;
  readonly #strangers = new StrangerLimit();
  /**
   * Hashes of keys that worked lately: their callers are no strangers. What a key may do is asked of the
   * database each time.
   */
  readonly #met = new Set<string>();

  constructor({ db, now, key, allowed }: PartnersDeps) {
    this.db = db;
    this.now = now;
    this.allowed = allowed;
    this.#key = key;
  }

  /** The secret that messages to a partner are signed with. */
  secretOf(region: string, id: string): string {
    return createHmac('sha256', this.#key).update(`webhook/${region}/${id}`).digest('base64url');
  }

  /** Adds a partner. Its key is given out here and never again. */
  async add(region: string, draft: PartnerDraft): Promise<{ id: string; key: string; secret: string }> {
    const [id, key] = [uuidv7(), `pult_${newToken()}`];
    await withScope(this.db, { region }, async (tx) => {
      const head = sql<number>`(select v from sync_clock where region_id = ${region})`;
      await tx
        .insertInto('partner')
        .values({
          region_id: region,
          id,
          name: draft.name,
          key_hash: hashToken(key),
          key_hint: hintOf(key),
          reads: draft.reads,
          created_at: this.now(),
          webhook_v: head,
          ...webhookColumns(draft),
        })
        .execute();
    });
    return { id, key, secret: this.secretOf(region, id) };
  }

  /**
   * Changes a partner. One that is given a webhook hears of what happens from now on. False when there is
   * none, or it was revoked.
   */
  async change(region: string, id: string, draft: PartnerDraft): Promise<boolean> {
    const head = sql<number>`(select v from sync_clock where region_id = ${region})`;
    const { numUpdatedRows } = await withScope(this.db, { region }, (tx) =>
      tx
        .updateTable('partner')
        .set({
          name: draft.name,
          reads: draft.reads,
          ...webhookColumns(draft),
          webhook_v: sql<number>`case when webhook_url is null then ${head} else webhook_v end`,
        })
        .where('region_id', '=', region)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst(),
    );
    return numUpdatedRows > 0n;
  }

  /** Takes a partner's key and webhook away for good. False when that was done before. */
  async revoke(region: string, id: string): Promise<boolean> {
    const { numUpdatedRows } = await withScope(this.db, { region }, (tx) =>
      tx
        .updateTable('partner')
        .set({ revoked_at: this.now() })
        .where('region_id', '=', region)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst(),
    );
    return numUpdatedRows > 0n;
  }

  /** Lets anybody read the region's public requests, or nobody. */
  async setOpenReading(region: string, openReading: boolean): Promise<void> {
    await withScope(this.db, { region }, (tx) =>
      tx
        .updateTable('region')
        .set({ settings: sql`settings || ${JSON.stringify({ openReading })}::jsonb` })
        .where('region_id', '=', region)
        .execute(),
    );
  }

  /**
   * Who asks, from which address, with which key. Strangers' calls are counted before the database is asked.
   * Without a key reading is let through where the region reads openly, handing in never. Throws
   * Open311Failure.
   */
  async admit(region: string, key: string | null, address: string, isReading: boolean): Promise<Caller> {
    const hash = key === null ? null : hashToken(key);
    const mark = hash?.toString('hex') ?? '';
    if (!this.#met.has(mark)) this.#strangers.take(address, this.now());
    const partner = await withScope(this.db, { region }, async (tx) => {
      const openReading = await readsOpenly(tx, region);
      if (openReading === null) throw new Open311Failure('jurisdiction');
      if (hash === null) {
        if (isReading && openReading) return null;
        throw new Open311Failure('key_missing');
      }
      const found = await this.#find(tx, region, hash);
      await takePartnerTurn(tx, region, found.id);
      return found;
    });
    if (partner !== null && !this.#met.has(mark)) {
      this.#strangers.forgive(address);
      if (this.#met.size >= 10_000) this.#met.clear();
      this.#met.add(mark);
    }
    return { region, partner };
  }

  async #find(tx: ScopedTransaction, region: string, hash: Buffer): Promise<PartnerIdentity> {
    const found = await tx
      .selectFrom('partner')
      .select(['id', 'name', 'reads', 'seen_at'])
      .where('region_id', '=', region)
      .where('key_hash', '=', hash)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (found === undefined) {
      this.#met.delete(hash.toString('hex'));
      throw new Open311Failure('key_unknown');
    }
    const { seen_at: seenAt, ...partner } = found;
    const now = this.now();
    // Not with every call: many at once would wait for each other's row.
    if (seenAt === null || now - seenAt > SEEN_MS)
      await tx
        .updateTable('partner')
        .set({ seen_at: now })
        .where('region_id', '=', region)
        .where('id', '=', partner.id)
        .execute();
    return partner;
  }
}
