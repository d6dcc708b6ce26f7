import { sql } from 'kysely';
import { sleep } from '#server/process/sleep.ts';
import { withScope } from '#server/store/database.ts';
import type { Partners } from './partners.ts';
import { sendDeliveries } from './send-deliveries.ts';
import { makePartnerDeliveries } from './tell-partners.ts';

const TURN_MS = 1000;

async function listenersOf({ db }: Partners, region: string): Promise<readonly string[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('partner')
      .select('id')
      .where('region_id', '=', region)
      .where('webhook_url', 'is not', null)
      .where('revoked_at', 'is', null)
      .execute(),
  );
  return rows.map(({ id }) => id);
}

/**
 * Tells the partners of all regions what they asked for, until it is stopped. Every process may run one: rows
 * are claimed in the database. A slow partner keeps nobody but itself waiting. `onTrouble` hears of turns
 * that failed.
 */
export function runWebhooks(
  partners: Partners,
  onTrouble: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const busy = new Map<string, Promise<void>>();
  const serve = (region: string, id: string): void => {
    if (busy.has(id)) return;
    const work = makePartnerDeliveries(partners, region, id)
      .then(() => sendDeliveries(partners, region, id, signal))
      .catch(onTrouble)
      .finally(() => busy.delete(id));
    busy.set(id, work);
  };
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        const { rows } = await sql<{ region_id: string }>`select region_id from region_heads()`.execute(
          partners.db,
        );
        for (const { region_id: region } of rows)
          for (const id of await listenersOf(partners, region)) serve(region, id);
      } catch (error) {
        onTrouble(error);
      }
      await sleep(TURN_MS, signal);
    }
  };
  const ended = work();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
      await Promise.all(busy.values());
    },
  };
}
