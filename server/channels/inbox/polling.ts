import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { sleep } from '#server/process/sleep.ts';
import { withScope } from '#server/store/database.ts';
import type { Inbox } from './inbox.ts';
import type { Page, NetworkConnector } from '#server/channels/networks/connector.ts';

/** Longer than any question takes; a process that dies leaves its pages to others after so long. */
const LEASE_MS = 90_000;
const LOOK_MS = 5000;
const TROUBLE_PAUSE_MS = 5000;

const US = randomUUID();

/**
 * Pages of a region that have to be asked and that no other process asks now. The position is where to go on.
 */
async function leasePolling(inbox: Inbox, region: string, id: string): Promise<string | null | undefined> {
  const now = inbox.now();
  const row = await withScope(inbox.db, { region }, (tx) =>
    tx
      .updateTable('channel')
      .set({ polled_by: US, polled_until: now + LEASE_MS })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .where('active', '=', true)
      .where('reception', '=', 'poll')
      .where((eb) => eb.or([eb('polled_by', '=', US), eb('polled_until', '<=', now)]))
      .returning('position')
      .executeTakeFirst(),
  );
  return row === undefined ? undefined : row.position;
}

async function savePosition(
  { db }: Pick<Inbox, 'db'>,
  { region, id }: Page,
  position: string | null,
): Promise<void> {
  await withScope(db, { region }, (tx) =>
    tx
      .updateTable('channel')
      .set({ position })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .where('polled_by', '=', US)
      .execute(),
  );
}

/**
 * Asks a page once: what it brings is stored before the position moves, so a process killed between the two
 * is told again. False when it is not ours to ask.
 */
export async function pollOnce(
  inbox: Inbox,
  page: Page,
  connector: NetworkConnector,
  stopping: AbortSignal,
): Promise<boolean> {
  const position = await leasePolling(inbox, page.region, page.id);
  if (position === undefined || connector.poll === undefined) return false;
  const polled = await connector.poll(page, position, page.pace, stopping);
  await Promise.all(polled.events.map((event) => inbox.events.write(page, event)));
  if (polled.position !== position) await savePosition(inbox, page, polled.position);
  if (polled.events.length > 0) inbox.arrivals.emit('stored', page.region);
  return true;
}

/** Asks a page until it is somebody else's or we stop. Trouble is noted on the page and tried again. */
async function follow(inbox: Inbox, region: string, id: string, stopping: AbortSignal): Promise<void> {
  let isTroubled = false;
  while (!stopping.aborted) {
    const connected = await inbox.pages.connect(region, id);
    if (connected === null) return;
    const { page, connector } = connected;
    try {
      if (!(await pollOnce(inbox, page, connector, stopping))) return;
      if (isTroubled) await inbox.pages.noteTrouble(page, null);
      isTroubled = false;
    } catch (error) {
      if (stopping.aborted) return;
      isTroubled = true;
      await inbox.pages.noteTrouble(page, connector.troubleOf(error));
      await sleep(TROUBLE_PAUSE_MS, stopping);
    }
  }
}

async function pagesToPoll(inbox: Inbox): Promise<{ region: string; id: string }[]> {
  const heads = await sql<{ region_id: string }>`select region_id from region_heads()`.execute(inbox.db);
  const found: { region: string; id: string }[] = [];
  for (const { region_id: region } of heads.rows) {
    const rows = await withScope(inbox.db, { region }, (tx) =>
      tx
        .selectFrom('channel')
        .select('id')
        .where('region_id', '=', region)
        .where('reception', '=', 'poll')
        .where('active', '=', true)
        .execute(),
    );
    for (const { id } of rows) found.push({ region, id });
  }
  return found;
}

/**
 * Asks all pages that do not call, each in a loop of its own, until it is stopped. `onTrouble` hears what the
 * database threw.
 */
export function runPolling(inbox: Inbox, onTrouble: (error: unknown) => void): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const following = new Map<string, Promise<void>>();
  const look = async (): Promise<void> => {
    for (const { region, id } of await pagesToPoll(inbox)) {
      if (following.has(id)) continue;
      const loop = follow(inbox, region, id, stopping.signal)
        .catch(onTrouble)
        .finally(() => following.delete(id));
      following.set(id, loop);
    }
  };
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await look().catch(onTrouble);
      await sleep(LOOK_MS, stopping.signal);
    }
    await Promise.all(following.values());
  };
  const ended = work();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
