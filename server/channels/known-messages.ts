import { sql, type Selectable } from 'kysely';
import type { Author } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ChannelMessageTable } from '#server/store/channel-tables.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { cleanText } from '#server/sync/clean-json.ts';
import type { Incoming } from './network.ts';

/** Merges cannot make a ring, but a damaged row must not make a loop. */
const MAX_MERGES = 50;

/** Our copy of a message: the text it came with, and what became of it since. */
export type KnownMessage = Omit<Selectable<ChannelMessageTable>, 'region_id' | 'target'>;

/** One that came, with where an answer goes. */
export type NewMessage = KnownMessage & { readonly target: Incoming['target'] };

/** A message by the network's own key of it, or a thread by its name, each of a page. */
export interface OfPage {
  readonly channel: string;
  readonly name: string;
}

/** What was said last in a thread that became an incident. */
export interface ThreadEnd {
  readonly at: Instant;
  /** The incident it became, or the one that was merged into in the end: there people look. */
  readonly incident: string;
}

/** A name as an incident holds it. */
export const authorName = ({ name }: Author): string => cleanText(name).slice(0, 500);

/** By page: `= any` of a list is looked up in the index whatever the planner believes of the table's size. */
function byChannel(of: readonly OfPage[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { channel, name } of of) names.set(channel, [...(names.get(channel) ?? []), name]);
  return names;
}

/** Those of these messages that are here. */
export async function readMessages(
  tx: ScopedTransaction,
  region: string,
  keys: readonly OfPage[],
): Promise<KnownMessage[]> {
  const found: KnownMessage[] = [];
  for (const [channel, names] of byChannel(keys)) {
    const { rows } = await sql<KnownMessage>`
      select channel_id, key, thread, at, text, incident_id, edited_text, deleted_at, author, url from channel_message
      where region_id = ${region} and channel_id = ${channel} and key = any (${names})`.execute(tx);
    found.push(...rows);
  }
  return found;
}

/** Where authors' earlier words in these threads went. */
export async function readThreads(
  tx: ScopedTransaction,
  region: string,
  threads: readonly OfPage[],
): Promise<(OfPage & ThreadEnd)[]> {
  const ends: (OfPage & ThreadEnd)[] = [];
  for (const [channel, names] of byChannel(threads)) {
    const { rows } = await sql<OfPage & ThreadEnd>`
      select distinct on (thread) channel_id as channel, thread as name, at, incident_id as incident from channel_message
      where region_id = ${region} and channel_id = ${channel} and thread = any (${names}) and incident_id is not null
      order by thread, at desc`.execute(tx);
    ends.push(...rows);
  }
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

/** The incidents into which these were merged in the end, or they themselves. */
async function rootsOf(
  tx: ScopedTransaction,
  region: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const roots = new Map(ids.map((id) => [id, id]));
  for (let merges = 0, asked = [...roots.keys()]; asked.length > 0 && merges < MAX_MERGES; merges += 1) {
    const { rows } = await sql<{
      id: string;
      into: string | null;
    }>`select id, merged_into as into from incident
      where region_id = ${region} and id = any (${asked}::uuid[])`.execute(tx);
    const found = new Map(rows.map(({ id, into }) => [id, into ?? id]));
    for (const [id, at] of roots) {
      const next = found.get(at);
      if (next !== undefined) roots.set(id, next);
    }
    asked = [...new Set(rows.flatMap(({ into }) => into ?? []))];
  }
  return roots;
}

/** Keeps new messages with the text they came with. */
export async function addMessages(
  tx: ScopedTransaction,
  region: string,
  messages: readonly NewMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await sql`insert into channel_message (region_id, channel_id, key, thread, at, text, incident_id, edited_text, deleted_at,
      author, url, target)
    select ${region}, * from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as m(channel_id uuid, key text, thread text,
      at bigint, text text, incident_id uuid, edited_text text, deleted_at bigint, author text, url text, target jsonb)`.execute(
    tx,
  );
}

/** Notes what became of messages that were here before. */
export async function changeMessages(
  tx: ScopedTransaction,
  region: string,
  messages: readonly KnownMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const changed = messages.map(({ text: _text, ...row }) => row);
  await sql`update channel_message m
    set incident_id = c.incident_id, edited_text = c.edited_text, deleted_at = c.deleted_at
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as c(channel_id uuid, key text, incident_id uuid,
      edited_text text, deleted_at bigint)
    where m.region_id = ${region} and m.channel_id = c.channel_id and m.key = c.key`.execute(tx);
}
