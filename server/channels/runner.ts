import { sql } from 'kysely';
import { withScope } from '#server/store/database.ts';
import { catchUp } from './catch-up.ts';
import type { Channels } from './channels.ts';
import { drain } from './drain.ts';
import { lookBack } from './look-back.ts';
import { runPolling } from './polling.ts';
import { enqueueReplies, sendReplies } from './replies.ts';

const TURN_MS = 1000;

async function pagesOf(channels: Channels, region: string): Promise<readonly string[]> {
  const rows = await withScope(channels.db, { region }, (tx) =>
    tx
      .selectFrom('channel')
      .select('id')
      .where('region_id', '=', region)
      .where('active', '=', true)
      .execute(),
  );
  return rows.map(({ id }) => id);
}

/** Everything a region's pages have to do now: catch up, take in, send, look what became of what was sent. */
async function turn(channels: Channels, region: string, stopping: AbortSignal): Promise<void> {
  const pages = await pagesOf(channels, region);
  if (pages.length === 0) return;
  for (const id of pages) {
    const channel = await channels.find(region, id);
    if (channel !== null) await catchUp(channels, channel);
  }
  await drain(channels, region, stopping);
  if (stopping.aborted) return;
  await enqueueReplies(channels, region);
  await sendReplies(channels, region);
  await lookBack(channels, region);
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
        for (const { region_id: region } of rows) await turn(channels, region, stopping.signal);
      } catch (error) {
        onTrouble(error);
      }
      if (!stopping.signal.aborted) await pause();
    }
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
