import { sql } from 'kysely';
import type { Incident } from '#shared/domain/incident.ts';
import type { FoundMessage, KnownCopy, LookUp } from '#shared/protocol/look-up.ts';
import type { MessageLink } from '#shared/text/message-link.ts';
import { withScope } from '#server/store/database.ts';
import type { Inbox } from './inbox.ts';
import type { Page, LookUpResult, NetworkConnector } from '#server/channels/networks/connector.ts';

/**
 * The region's pages in the network of an address; the one the message stands on first, it may see more
 * there.
 */
async function pagesOf(inbox: Inbox, region: string, link: MessageLink): Promise<Page[]> {
  const rows = await withScope(inbox.db, { region }, (tx) =>
    tx
      .selectFrom('channel')
      .select('id')
      .where('region_id', '=', region)
      .where('network', '=', link.network)
      .where('active', '=', true)
      .orderBy(sql`page_id = ${(link.owner ?? '').replace(/^-/, '')}`, 'desc')
      .orderBy('created_at')
      .execute(),
  );
  const pages = await Promise.all(rows.map(({ id }) => inbox.pages.find(region, id)));
  return pages.filter((page) => page !== null);
}

/** Another page of the network may know better. */
const isOfPage = ({ answer }: LookUpResult): boolean =>
  'failure' in answer && (answer.failure === 'no_page' || answer.failure === 'not_ours');

/** The message that a page of ours has brought already, and what became of it; null when none has. */
async function copyOf(
  inbox: Inbox,
  region: string,
  network: string,
  where: NonNullable<LookUpResult['copy']>,
): Promise<{ message: FoundMessage; known: KnownCopy } | null> {
  const found = await withScope(inbox.db, { region }, (tx) =>
    tx
      .selectFrom('channel_message as message')
      .innerJoin('channel', (join) =>
        join
          .onRef('channel.region_id', '=', 'message.region_id')
          .onRef('channel.id', '=', 'message.channel_id'),
      )
      .leftJoin('incident', (join) =>
        join
          .onRef('incident.region_id', '=', 'message.region_id')
          .onRef('incident.id', '=', 'message.incident_id'),
      )
      .select(['message.text', 'message.edited_text', 'message.at', 'message.author', 'incident.row'])
      .where('message.region_id', '=', region)
      .where('channel.network', '=', network)
      .where((eb) => ('key' in where ? eb('message.key', '=', where.key) : eb('message.url', '=', where.url)))
      .limit(1)
      .executeTakeFirst(),
  );
  if (found === undefined) return null;
  const incident = found.row as unknown as Incident | null;
  const isFirst = incident?.createdAt === found.at;
  const url = incident?.author.name === found.author ? incident.author.url : '';
  return {
    message: {
      text: found.edited_text ?? found.text,
      at: found.at,
      author: { name: found.author, url },
      hasMedia: isFirst && incident.source.hasMedia,
    },
    known: { number: incident?.number ?? null },
  };
}

async function readFrom(
  inbox: Inbox,
  region: string,
  link: MessageLink,
  connector: NetworkConnector,
): Promise<LookUpResult> {
  let looked: LookUpResult = { copy: null, answer: { failure: 'no_page' } };
  for (const page of await pagesOf(inbox, region, link)) {
    looked = await connector.lookUp(page, link, page.pace);
    if (!isOfPage(looked)) break;
  }
  return looked;
}

/**
 * Looks up a message whose address somebody pasted: what its network says, else our
 * own copy, which it also tells to be here already. Throws what the database throws.
 */
export async function lookUp(inbox: Inbox, region: string, link: MessageLink): Promise<LookUp> {
  const connector = inbox.pages.connector(link.network);
  if (connector === null) return { failure: 'no_connector' };
  if (link.post === null) return { failure: 'not_a_message' };
  const { copy, answer } = await readFrom(inbox, region, link, connector);
  const ours = copy === null ? null : await copyOf(inbox, region, link.network, copy);
  if (ours === null) return answer;
  return { message: 'message' in answer ? answer.message : ours.message, known: ours.known };
}
