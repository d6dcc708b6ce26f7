import type { Author, Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { cleanText } from '#server/sync/clean-json.ts';
import type { Channel, Incoming } from './network.ts';

/** Merges cannot make a ring, but a damaged row must not make a loop. */
const MAX_MERGES = 50;

/** Our copy of a message, by the network's own key of it. */
export const messageByKey = (tx: ScopedTransaction, { region, id }: Channel, key: string) =>
  tx
    .selectFrom('channel_message')
    .selectAll()
    .where('region_id', '=', region)
    .where('channel_id', '=', id)
    .where('key', '=', key)
    .executeTakeFirst();

/** Keeps a message with the text it came with; one that is here already stays as it is. */
export async function rememberMessage(
  tx: ScopedTransaction,
  channel: Channel,
  message: Incoming,
  text: string,
): Promise<void> {
  const { key, thread, at, target, author, url } = message;
  const row = { region_id: channel.region, channel_id: channel.id, key, thread, at, text, url };
  await tx
    .insertInto('channel_message')
    .values({ ...row, target: JSON.stringify(target), author: authorName(author) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A name as an incident holds it. */
export const authorName = ({ name }: Author): string => cleanText(name).slice(0, 500);

/** Notes what became of a message. */
export async function changeMessage(
  tx: ScopedTransaction,
  { region, id }: Channel,
  key: string,
  fields: { incident_id?: string; edited_text?: string; deleted_at?: Instant | null },
): Promise<void> {
  await tx
    .updateTable('channel_message')
    .set(fields)
    .where('region_id', '=', region)
    .where('channel_id', '=', id)
    .where('key', '=', key)
    .execute();
}

/** An incident that more may be said in, with its own author. */
export interface OpenTalk {
  readonly id: string;
  readonly author: Author;
}

/** The incident this author's earlier words in the same thread became, or the one it was merged into: there people look. */
export async function talkOf(
  tx: ScopedTransaction,
  { region, id }: Channel,
  thread: string,
): Promise<OpenTalk | null> {
  const said = await tx
    .selectFrom('channel_message')
    .select('incident_id')
    .where('region_id', '=', region)
    .where('channel_id', '=', id)
    .where('thread', '=', thread)
    .where('incident_id', 'is not', null)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return said?.incident_id ? rootOf(tx, region, said.incident_id) : null;
}

/** An incident, or the one it was merged into in the end. */
export async function rootOf(tx: ScopedTransaction, region: string, id: string): Promise<OpenTalk | null> {
  let at = id;
  for (let merges = 0; merges < MAX_MERGES; merges += 1) {
    const found = await tx
      .selectFrom('incident')
      .select(['id', 'merged_into', 'row'])
      .where('region_id', '=', region)
      .where('id', '=', at)
      .executeTakeFirst();
    if (found === undefined) return null;
    if (found.merged_into === null)
      return { id: found.id, author: (found.row as unknown as Incident).author };
    at = found.merged_into;
  }
  return null;
}
