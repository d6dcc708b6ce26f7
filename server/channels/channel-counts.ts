import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope } from '#server/store/database.ts';
import type { Outbox } from './outbox/outbox.ts';

/**
 * Whoever asks for metrics more often gets what was counted before: a large region's events take a moment.
 */
const FRESH_MS = 30_000;

/** How many events or replies of a network are in a state, over all regions. */
export interface NetworkCount {
  readonly network: string;
  readonly state: string;
  readonly count: number;
}

/**
 * Events and replies of all pages, counted by network and state. The tables are shared, so every API process
 * says the same.
 */
export interface ChannelCounts {
  readonly events: readonly NetworkCount[];
  readonly replies: readonly NetworkCount[];
}

type Clocked = Pick<Outbox, 'db' | 'now'>;

async function countIn({ db }: Clocked, region: string): Promise<ChannelCounts> {
  return withScope(db, { region }, async (tx) => {
    const count = async (table: 'channel_event' | 'reply_send'): Promise<NetworkCount[]> => {
      const { rows } = await sql<NetworkCount>`select c.network, r.state, count(*) as count
        from ${sql.table(table)} r join channel c on c.region_id = r.region_id and c.id = r.channel_id
        where r.region_id = ${region} group by 1, 2`.execute(tx);
      return rows;
    };
    return { events: await count('channel_event'), replies: await count('reply_send') };
  });
}

function add(all: readonly NetworkCount[]): NetworkCount[] {
  const sums = new Map<string, NetworkCount>();
  for (const counted of all) {
    const name = `${counted.network} ${counted.state}`;
    sums.set(name, { ...counted, count: counted.count + (sums.get(name)?.count ?? 0) });
  }
  return [...sums.values()];
}

async function countAll(deps: Clocked): Promise<ChannelCounts> {
  const heads = await sql<{ region_id: string }>`select region_id from region_heads()`.execute(deps.db);
  const counts: ChannelCounts[] = [];
  for (const { region_id: region } of heads.rows) counts.push(await countIn(deps, region));
  return {
    events: add(counts.flatMap(({ events }) => events)),
    replies: add(counts.flatMap(({ replies }) => replies)),
  };
}

/** Gives the counts of all regions, fresh enough for a monitor. Throws what the database throws. */
export function channelCounts(deps: Clocked): () => Promise<ChannelCounts> {
  let at: Instant = Number.NEGATIVE_INFINITY;
  let counted: Promise<ChannelCounts> | null = null;
  return async () => {
    if (counted === null || deps.now() - at >= FRESH_MS) {
      at = deps.now();
      counted = countAll(deps);
      counted.catch(() => (counted = null));
    }
    return counted;
  };
}
