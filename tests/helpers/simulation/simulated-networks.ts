import { randomBytes } from 'node:crypto';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { newChannelSchema } from '#shared/protocol/channels.ts';
import { makeChannels } from '#server/channels/channels.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { receiveCall } from '#server/channels/inbox/receive-call.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { freshVk, VK_GROUP, VK_SECRET, VK_TOKENS } from '../vk-channel.ts';

const NOWHERE = 'http://127.0.0.1:9';
const HOOK_SECRET = 'a-secret-of-ours';

export const NETWORKS = ['vk', 'telegram'] as const;
export type SimulatedNetwork = (typeof NETWORKS)[number];

interface Call {
  readonly network: SimulatedNetwork;
  readonly body: Buffer;
}

/**
 * Residents in two networks that call the real inbox. VK has its comments for ever and tells them again when
 * it is read; Telegram tells each message once.
 */
export class SimulatedNetworks {
  readonly #region: string;
  readonly #now: () => Instant;
  readonly #key = randomBytes(32);
  readonly #fake = new FakeVk({ group: VK_GROUP, ...VK_TOKENS });
  readonly #pages = new Map<SimulatedNetwork, string>();
  readonly #told: Call[] = [];
  #calls = 0;

  constructor(region: string, now: () => Instant) {
    this.#region = region;
    this.#now = now;
  }

  async addPages(db: Database): Promise<void> {
    const { pages } = this.#channels(db);
    this.#pages.set('vk', await pages.add(this.#region, freshVk({ baseUrl: NOWHERE })));
    const telegram = newChannelSchema.parse({
      network: 'telegram',
      name: 'ЦУР в Telegram',
      baseUrl: NOWHERE,
      pageId: '-1001500000001',
      token: '7000001:a-token-that-no-log-may-hold',
      secret: HOOK_SECRET,
    });
    this.#pages.set('telegram', await pages.add(this.#region, telegram));
  }

  /** A resident writes, and the network tells the API at once. */
  async write(db: Database, network: SimulatedNetwork, author: number): Promise<void> {
    this.#calls += 1;
    const text = `Обращение ${this.#calls}: яма у дома ${author}`;
    const call = {
      network,
      body: network === 'vk' ? this.#comment(author, text) : this.#message(author, text),
    };
    this.#told.push(call);
    await this.#tell(db, [call]);
  }

  /** VK's comments are read anew. */
  readAgain(db: Database): Promise<void> {
    return this.#tell(
      db,
      this.#told.filter(({ network }) => network === 'vk'),
    );
  }

  /** The incidents that comments in VK became, by their keys, where an author wrote but once in a place. */
  async soleIncidents(db: Database): Promise<ReadonlyMap<string, string | null>> {
    const page = must(this.#pages.get('vk'), 'the page');
    const rows = await withScope(db, { region: this.#region }, (tx) =>
      tx
        .selectFrom('channel_message')
        .select(['key', 'thread', 'incident_id'])
        .where('channel_id', '=', page)
        .execute(),
    );
    const talks = Map.groupBy(rows, ({ thread }) => thread);
    const sole = [...talks.values()].flatMap((talk) => (talk.length === 1 ? talk : []));
    return new Map(sole.map(({ key, incident_id: incident }) => [key, incident]));
  }

  #comment(author: number, text: string): Buffer {
    const comment = this.#fake.comment(author, author, text, Math.floor(this.#now() / 1000));
    return Buffer.from(this.#fake.event('wall_reply_new', comment, `call-${this.#calls}`, VK_SECRET));
  }

  #message(author: number, text: string): Buffer {
    const from = { id: author, is_bot: false, first_name: `Житель ${author}` };
    const chat = { id: author, type: 'private', first_name: from.first_name };
    const message = { message_id: this.#calls, date: Math.floor(this.#now() / 1000), from, chat, text };
    return Buffer.from(JSON.stringify({ update_id: 900_000 + this.#calls, message }));
  }

  async #tell(db: Database, calls: readonly Call[]): Promise<void> {
    const { inbox } = this.#channels(db);
    for (const { network, body } of calls) {
      const id = must(this.#pages.get(network), 'the page');
      const headers = network === 'vk' ? {} : { 'x-telegram-bot-api-secret-token': HOOK_SECRET };
      const { status } = await receiveCall(inbox, { region: this.#region, id, headers, body });
      if (status !== 200) throw new Error(`${network} was answered ${status}`);
    }
    await drain(inbox, this.#region);
  }

  #channels(db: Database) {
    return makeChannels({ db, now: this.#now, key: this.#key, publicUrl: null });
  }
}
