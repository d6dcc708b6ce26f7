import { sql } from 'kysely';
import { withScope } from '#server/store/database.ts';
import { catchUp, CATCH_UP_MS } from './catch-up.ts';
import type { Channels } from './channels.ts';
import { drain } from './drain.ts';
import { lookBack } from './look-back.ts';
import { runPolling } from './polling.ts';
import { enqueueReplies, sendReplies } from './replies.ts';

const TURN_MS = 1000;
const PAGES_A_TURN = 10;

/** Calls of networks, each kind for each page beside everything else: a page whose network is slow holds up no other. */
class Calls {
  readonly #running = new Map<string, Promise<void>>();
  readonly #onTrouble: (error: unknown) => void;

  constructor(onTrouble: (error: unknown) => void) {
    this.#onTrouble = onTrouble;
  }

  /** Begins it unless the last one of the same name still runs. */
  begin(name: string, call: () => Promise<void>): void {
    if (this.#running.has(name)) return;
    const ended = call()
      .catch(this.#onTrouble)
      .finally(() => this.#running.delete(name));
    this.#running.set(name, ended);
  }

  /** Resolves when all have ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}

/** Pages whose time to catch up has come, a few a turn: at a start it has come for all. */
async function pagesBehind({ db, now }: Channels, region: string): Promise<readonly string[]> {
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
async function pagesToSend({ db, now }: Channels, region: string): Promise<readonly string[]> {
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

async function catchUpPage(channels: Channels, region: string, id: string): Promise<void> {
  const channel = await channels.find(region, id);
  if (channel !== null) await catchUp(channels, channel);
}

/** Everything a region's pages have to do now: catch up, take in, send, look what became of what was sent. */
async function turn(channels: Channels, region: string, calls: Calls, stopping: AbortSignal): Promise<void> {
  for (const id of await pagesBehind(channels, region))
    calls.begin(`catch-up ${id}`, () => catchUpPage(channels, region, id));
  await drain(channels, region, stopping);
  if (stopping.aborted) return;
  await enqueueReplies(channels, region);
  for (const id of await pagesToSend(channels, region))
    calls.begin(`send ${id}`, () => sendReplies(channels, region, id));
  calls.begin(`look-back ${region}`, () => lookBack(channels, region));
}

/**
 * Works for the pages of all regions until it is stopped. Every process may run one: rows are claimed in the database, so a
 * killed process leaves its work to the others and to its successor. `onTrouble` hears of turns that failed.
 */
export function runChannels(
  channels: Channels,
  onTrouble: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const calls = new Calls(onTrouble);
  let wake = (): void => undefined;
  channels.onStored = () => wake();
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, TURN_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const { rows } = await sql<{ region_id: string }>`select region_id from region_heads()`.execute(
          channels.db,
        );
        for (const { region_id: region } of rows) await turn(channels, region, calls, stopping.signal);
      } catch (error) {
        onTrouble(error);
      }
      if (!stopping.signal.aborted) await pause();
    }
    await calls.ended();
  };
  const polling = runPolling(channels, onTrouble);
  const ended = work();
  return {
    stop: async () => {
      stopping.abort();
      wake();
      await Promise.all([ended, polling.stop()]);
    },
  };
}
