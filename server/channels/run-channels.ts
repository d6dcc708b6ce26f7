import { sleep } from '#server/process/sleep.ts';
import { sql } from 'kysely';
import { withScope } from '#server/store/database.ts';
import { catchUp, CATCH_UP_MS } from './inbox/catch-up.ts';
import type { Channels } from './channels.ts';
import { drain } from './inbox/drain.ts';
import type { Inbox } from './inbox/inbox.ts';
import { lookBack } from './outbox/look-back.ts';
import { runPolling } from './inbox/polling.ts';
import { makeDeliveries } from './outbox/make-deliveries.ts';
import { sendDueReplies } from './outbox/send-replies.ts';

const TURN_MS = 1000;
const PAGES_A_TURN = 10;

/**
 * Work of many kinds, each name beside everything else: a page whose network is slow, or a region that is
 * flooded, holds up no other.
 */
class Works {
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Map<string, () => Promise<void>>();
  readonly #stopping: AbortSignal;
  readonly #onTrouble: (error: unknown) => void;

  constructor(stopping: AbortSignal, onTrouble: (error: unknown) => void) {
    this.#stopping = stopping;
    this.#onTrouble = onTrouble;
  }

  /**
   * Begins it, or has it begun once more when the last one of the same name, which may have looked already,
   * has ended.
   */
  begin(name: string, work: () => Promise<void>): void {
    if (this.#stopping.aborted) return;
    if (this.#running.has(name)) return void this.#again.set(name, work);
    const ended = work()
      .catch(this.#onTrouble)
      .finally(() => this.#end(name));
    this.#running.set(name, ended);
  }

  /** Resolves when all have ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  #end(name: string): void {
    this.#running.delete(name);
    const again = this.#again.get(name);
    this.#again.delete(name);
    if (again !== undefined) this.begin(name, again);
  }
}

/** Pages whose time to catch up has come, a few a turn: at a start it has come for all. */
async function pagesBehind(
  { db, now }: Pick<Inbox, 'db' | 'now'>,
  region: string,
): Promise<readonly string[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('channel')
      .select('id')
      .where('region_id', '=', region)
      .where('active', '=', true)
      .where((eb) => eb.or([eb('caught_up_at', 'is', null), eb('caught_up_at', '<=', now() - CATCH_UP_MS)]))
      .orderBy('caught_up_at', (order) => order.asc().nullsFirst())
      .limit(PAGES_A_TURN)
      .execute(),
  );
  return rows.map(({ id }) => id);
}

/** Pages with a reply to send, or one of a sender that may have died. */
async function pagesToSend(
  { db, now }: Pick<Inbox, 'db' | 'now'>,
  region: string,
): Promise<readonly string[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('reply_send')
      .select('channel_id')
      .distinct()
      .where('region_id', '=', region)
      .where('state', 'in', ['queued', 'waiting', 'sending'])
      .where('not_before', '<=', now())
      .execute(),
  );
  return rows.map(({ channel_id: id }) => id);
}

async function catchUpPage(inbox: Inbox, region: string, id: string): Promise<void> {
  const page = await inbox.pages.find(region, id);
  if (page !== null) await catchUp(inbox, page);
}

/**
 * Everything a region's pages have to do now: catch up, send, look what became of what was sent. What came is
 * read beside it.
 */
async function turn({ inbox, outbox }: Channels, region: string, works: Works): Promise<void> {
  for (const id of await pagesBehind(inbox, region))
    works.begin(`catch-up ${id}`, () => catchUpPage(inbox, region, id));
  await makeDeliveries(outbox, region);
  for (const id of await pagesToSend(outbox, region))
    works.begin(`send ${id}`, () => sendDueReplies(outbox, region, id));
  works.begin(`look-back ${region}`, () => lookBack(outbox, region));
}

async function regions({ db }: Pick<Inbox, 'db'>): Promise<readonly string[]> {
  const { rows } = await sql<{ region_id: string }>`select region_id from region_heads()`.execute(db);
  return rows.map(({ region_id: region }) => region);
}

/**
 * Works for the pages of all regions until it is stopped. Every process may run one: rows are claimed in the
 * database, so a killed process leaves its work to the others and to its successor. `onTrouble` hears of what
 * failed.
 */
export function runChannels(
  channels: Channels,
  onTrouble: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const works = new Works(signal, onTrouble);
  const read = (region: string): void =>
    works.begin(`read ${region}`, () => drain(channels.inbox, region, signal));
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        for (const region of await regions(channels.inbox)) {
          // Also what another process stored, and what was left by one that died.
          read(region);
          await turn(channels, region, works);
        }
      } catch (error) {
        onTrouble(error);
      }
      await sleep(TURN_MS, signal);
    }
    await works.ended();
  };
  channels.inbox.arrivals.on('stored', read);
  const polling = runPolling(channels.inbox, onTrouble);
  const ended = work();
  return {
    stop: async () => {
      channels.inbox.arrivals.off('stored', read);
      stopping.abort();
      await Promise.all([ended, polling.stop()]);
    },
  };
}
