import { sql, type Selectable } from 'kysely';
import type { Author } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { cleanText } from '#shared/text/clean-text.ts';
import type { ChannelMessageTable } from '#server/store/channel-tables.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** Merges cannot make a ring, but a damaged row must not make a loop. */
const MAX_MERGES = 50;

/** Our copy of a message: the text it came with, where an answer goes, and what became of it since. */
export type KnownMessage = Omit<Selectable<ChannelMessageTable>, 'region_id'>;

/** A message by the network's own key of it, or a thread by its name, each of a page. */
export interface OfPage {
  readonly page: string;
  readonly name: string;
}

/** The last message of a thread that became an incident. */
export interface ThreadEnd {
  readonly at: Instant;
  /** The incident it became, or the one that was merged into in the end: there people look. */
  readonly incident: string;
}

/** A name as an incident holds it. */
export const authorName = ({ name }: Author): string => cleanText(name).slice(0, 500);

/**
 * A row for each, to be looked up one by one: so the index is used whatever the planner believes of the
 * table's size.
 */
const eachOf = (of: readonly OfPage[]) =>
  sql`unnest(${of.map(({ page }) => page)}::uuid[], ${of.map(({ name }) => name)}::text[]) as w(page, name)`;

/** Those of these messages that are here. */
export async function readMessages(
  tx: ScopedTransaction,
  region: string,
  keys: readonly OfPage[],
): Promise<KnownMessage[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<KnownMessage>`select m.* from ${eachOf(keys)} cross join lateral (
      select channel_id, key, thread, at, text, incident_id, edited_text, deleted_at, author, url, target,
        fate_seq
      from channel_message
      where region_id = ${region} and channel_id = w.page and key = w.name limit 1) m`.execute(tx);
  return rows;
}

/** Where authors' earlier words in these threads went. */
export async function readThreads(
  tx: ScopedTransaction,
  region: string,
  threads: readonly OfPage[],
): Promise<(OfPage & ThreadEnd)[]> {
  if (threads.length === 0) return [];
  // Not «=» for the page: that would look like the beginning of the primary key.
  const { rows: ends } = await sql<OfPage & ThreadEnd>`
    select w.page, w.name, m.at, m.incident_id as incident from ${eachOf(threads)} cross join lateral (
      select at, incident_id from channel_message
      where region_id = ${region} and thread = w.name and channel_id is not distinct from w.page
        and incident_id is not null
      order by at desc limit 1) m`.execute(tx);
  const roots = await rootsOf(
    tx,
    region,
    ends.map(({ incident }) => incident),
  );
  return ends.flatMap((end) => {
    const incident = roots.get(end.incident);
    return incident === undefined ? [] : { ...end, incident };
  });
}

/** The incidents into which these were merged in the end, or they themselves; none for what leads nowhere. */
async function rootsOf(
  tx: ScopedTransaction,
  region: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const into = new Map<string, string | null>();
  for (let merges = 0, wanted = ids; wanted.length > 0 && merges < MAX_MERGES; merges += 1) {
    const { rows } = await sql<{ id: string; into: string | null }>`
      select id, merged_into as into from incident
      where region_id = ${region} and id = any (${wanted}::uuid[])`.execute(tx);
    for (const row of rows) into.set(row.id, row.into);
    wanted = rows.flatMap((row) => (row.into === null || into.has(row.into) ? [] : row.into));
  }
  const roots = new Map<string, string>();
  for (const id of ids) {
    let at = id;
    for (let merges = 0, next = into.get(at); typeof next === 'string' && merges < MAX_MERGES; merges += 1) {
      at = next;
      next = into.get(at);
    }
    if (into.get(at) === null) roots.set(id, at);
  }
  return roots;
}

/**
 * Writes messages down: new ones as they came, and of those that were here what became of them since. In the
 * words of an insertion, which finds a row by its key for certain: what a join would do is the planner's
 * guess, and a storm comes sooner than its statistics.
 */
export async function writeMessages(
  tx: ScopedTransaction,
  region: string,
  messages: readonly KnownMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await sql`insert into channel_message (region_id, channel_id, key, thread, at, text, incident_id,
    edited_text, deleted_at,
      author, url, target, fate_seq)
    select ${region}, * from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as m(channel_id uuid,
      key text, thread text,
      at bigint, text text, incident_id uuid, edited_text text, deleted_at bigint, author text, url text,
        target jsonb, fate_seq bigint)
    on conflict (region_id, channel_id, key) do update set incident_id = excluded.incident_id,
      edited_text = excluded.edited_text, deleted_at = excluded.deleted_at,
      fate_seq = excluded.fate_seq`.execute(tx);
}
