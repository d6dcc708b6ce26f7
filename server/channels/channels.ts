import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Instant } from '#shared/domain/instant.ts';
import {
  channelRulesSchema,
  TOGETHER_HOURS,
  type ChannelProblem,
  type ChannelRules,
  type NewChannel,
} from '#shared/protocol/channels.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { FactsCache } from '#server/sync/reference-facts.ts';
import { EventWriter } from './inbox/event-writer.ts';
import { KnownPages } from './pages/known-pages.ts';
import type { NetworkCall, Page, NetworkConnector } from './networks/connector.ts';
import { max } from './networks/max/max.ts';
import { ok } from './networks/ok/ok.ts';
import { seal, pageSecretsSchema, unseal, type PageSecrets } from './pages/secrets.ts';
import { CallLoad } from './inbox/call-load.ts';
import { telegram } from './networks/telegram/telegram.ts';
import { vk } from './networks/vk/vk.ts';

const CONNECTORS: Readonly<Record<string, NetworkConnector>> = { vk, max, telegram, ok };

/** What is known about a page is asked for once in so long. */
const REMEMBERED_MS = 5000;
const MAX_REMEMBERED = 1000;

/** A page as it is found: with the rules by which its messages enter the queue. */
export interface PageWithRules extends Page {
  readonly rules: ChannelRules;
  /** Within which an author's words at one place are one case. */
  readonly togetherHours: number;
  /** Taken out of use for good. */
  readonly isArchived: boolean;
}

/** Notes on a page what stands in its way, or that nothing does any more. */
export async function noteTrouble(
  tx: ScopedTransaction,
  { region, id }: Page,
  trouble: ChannelProblem | null,
): Promise<void> {
  await tx
    .updateTable('channel')
    .set({ trouble: trouble === null ? null : JSON.stringify(trouble) })
    .where('region_id', '=', region)
    .where('id', '=', id)
    .execute();
}

/** The pages of all regions, and what came from them on its way to the database. */
export class Channels {
  readonly db: Database;
  readonly now: () => Instant;
  readonly facts: FactsCache = new Map();
  /** Where networks reach this API, `https://pult.example`; null when nobody said. */
  readonly publicUrl: string | null;
  /** Calls of networks; other work steps back while there are many. */
  readonly storm = new CallLoad();
  /** Called when something was stored that wants to be taken in. */
  onStored: (region: string) => void = () => undefined;
  /** Raw events that this process has removed because of their age. */
  removedEvents = 0;
  readonly #key: Buffer;
  readonly #writer: EventWriter;
  readonly #pages: KnownPages;
  readonly #known = new Map<
    string,
    { readonly at: Instant; readonly channel: Promise<PageWithRules | null> }
  >();

  constructor(db: Database, now: () => Instant, key: Buffer, publicUrl: string | null = null) {
    this.db = db;
    this.now = now;
    this.publicUrl = publicUrl;
    this.#key = key;
    this.#writer = new EventWriter(db);
    this.#pages = new KnownPages(db, now);
  }

  /** The connector of a page's network, or null when this program has none (a newer one wrote it). */
  connector(network: string): NetworkConnector | null {
    return CONNECTORS[network] ?? null;
  }

  /** Adds a page; its token is sealed before it is written. Gives its id. */
  async add(region: string, page: NewChannel): Promise<string> {
    const id = uuidv7();
    const secrets = this.seal(region, id, pageSecretsSchema.parse(page));
    await withScope(this.db, { region }, (tx) =>
      tx
        .insertInto('channel')
        .values({
          region_id: region,
          id,
          network: page.network,
          name: page.name,
          base_url: page.baseUrl,
          certificate: page.certificate,
          page_id: page.pageId,
          agency: page.agency,
          reception: page.reception,
          secrets,
          watch: JSON.stringify(page.watch),
          rules: JSON.stringify(page.rules),
          together_hours: page.togetherHours ?? TOGETHER_HOURS,
          created_at: this.now(),
        })
        .execute(),
    );
    this.forget();
    return id;
  }

  /** Secrets of a page as they may be written down. */
  seal(region: string, id: string, secrets: PageSecrets): string {
    return seal(this.#key, `${region}/${id}`, secrets);
  }

  /** Has pages read anew: one of them was changed here. Other processes notice within seconds. */
  forget(): void {
    this.#known.clear();
    this.#pages.forget();
  }

  /**
   * One page with its secrets opened; null when there is none. May be some seconds old. Of many who ask at
   * once, one asks the database.
   */
  find(region: string, id: string): Promise<PageWithRules | null> {
    const name = `${region}/${id}`;
    const known = this.#known.get(name);
    const now = this.now();
    if (known !== undefined && now - known.at < REMEMBERED_MS) return known.channel;
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    const asked = { at: now, channel: this.#read(region, id) };
    this.#known.set(name, asked);
    // What failed is not kept: the next one asks anew.
    asked.channel.catch(() => this.#known.get(name) === asked && this.#known.delete(name));
    return asked.channel;
  }

  async #read(region: string, id: string): Promise<PageWithRules | null> {
    const row = await withScope(this.db, { region }, (tx) =>
      tx
        .selectFrom('channel')
        .selectAll()
        .where('region_id', '=', region)
        .where('id', '=', id)
        .executeTakeFirst(),
    );
    if (row === undefined) return null;
    return {
      region,
      id,
      network: row.network,
      name: row.name,
      baseUrl: row.base_url,
      certificate: row.certificate,
      pageId: row.page_id,
      watch: z.array(z.string()).parse(row.watch),
      rules: channelRulesSchema.parse(row.rules),
      togetherHours: row.together_hours,
      active: row.active,
      isArchived: row.archived_at !== null,
      reception: row.reception,
      secrets: unseal(this.#key, `${region}/${id}`, row.secrets),
    };
  }

  /**
   * What a network's call is answered. An event is stored before it is confirmed, that of a paused page as
   * well: a network that is refused counts errors and stops calling, and the page would stay deaf when it
   * goes on. Throws what the database throws.
   */
  async receive(
    region: string,
    id: string,
    headers: NetworkCall['headers'],
    body: Buffer,
    secret: string | null = null,
  ): Promise<{ status: number; text: string }> {
    const channel = (await this.#pages.has(region, id)) ? await this.find(region, id) : null;
    const connector = channel?.isArchived === false ? this.connector(channel.network) : null;
    if (channel === null || connector === null) return { status: 404, text: 'no such page' };
    // Bytes that are no UTF-8 become U+FFFD: the words around them still reach the centre.
    const received = connector.receive(channel, { headers, secret, body: body.toString('utf8') });
    if (received.kind === 'answer') return received;
    this.storm.note();
    await this.#writer.write(region, id, received.event, this.now());
    this.onStored(region);
    return { status: 200, text: received.text };
  }

  /** Stores events that catching up or asking found. */
  async store(channel: Page, event: Parameters<EventWriter['write']>[2]): Promise<void> {
    await this.#writer.write(channel.region, channel.id, event, this.now());
  }

  /** Notes what stands in a page's way, or that nothing does any more. */
  async setTrouble(channel: Page, trouble: ChannelProblem | null): Promise<void> {
    await withScope(this.db, { region: channel.region }, (tx) => noteTrouble(tx, channel, trouble));
  }
}
