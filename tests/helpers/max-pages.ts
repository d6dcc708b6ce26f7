import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { NewChannel } from '#shared/protocol/channels.ts';
import { readEventLog } from '#server/channels/inbox/event-log.ts';
import type { Api } from '#server/api/api.ts';
import type { Channels } from '#server/channels/channels.ts';
import type { Page, NetworkConnector } from '#server/channels/networks/connector.ts';
import { paceOf } from '#server/channels/networks/pace.ts';
import { readListedPages } from '#server/channels/pages/read-pages.ts';
import { FakeMax, type Carry } from '#tests/fakes/max.ts';
import { incidentsOf, PUBLIC_URL, startRegion, type ChannelRegion } from './channel-region.ts';
import type { FreshDatabase } from './postgres.ts';

export const CHANNEL = '-69729329042751';
export const TOKEN = 'f9LHodD0cOL-a-token-of-max';
export const SECRET = 'a-secret-of-ours';
export const PUBLIC = PUBLIC_URL;

/** The API with its database, and for each test a fake MAX with a page of its own. */
export class MaxPages {
  readonly base: FreshDatabase;
  readonly api: Api;
  readonly channels: Channels;
  /** How far this API's clock is ahead. */
  readonly clock: { ahead: number };
  /** Lines the API has logged. */
  readonly logged: string[];
  readonly #region: ChannelRegion;
  #fake: FakeMax | null = null;
  #page: Page | null = null;
  #address = '';

  private constructor(region: ChannelRegion) {
    this.#region = region;
    this.base = region.base;
    this.api = region.api;
    this.channels = region.channels;
    this.clock = region.clock;
    this.logged = region.logged;
  }

  static async start(): Promise<MaxPages> {
    return new MaxPages(await startRegion({ publicUrl: PUBLIC }));
  }

  stop(): Promise<void> {
    return this.#region.stop();
  }

  get fake(): FakeMax {
    return must(this.#fake, 'a fake');
  }

  get page(): Page {
    return must(this.#page, 'a page');
  }

  /** For each test: nothing of the last one is there. */
  async begin(): Promise<void> {
    this.clock.ahead = 0;
    this.#fake = new FakeMax(TOKEN, CHANNEL);
    this.#address = await this.#fake.start();
    this.#page = await this.add();
  }

  async end(): Promise<void> {
    await this.fake.stop();
  }

  async add(change: Partial<NewChannel & { network: 'max' }> = {}): Promise<Page> {
    const id = await this.channels.pages.add('eao', {
      network: 'max',
      name: 'ЦУР в MAX',
      baseUrl: this.#address,
      certificate: null,
      pageId: CHANNEL,
      agency: null,
      token: TOKEN,
      secret: SECRET,
      watch: [],
      rules: { stop: [], ignore: [], off: [] },
      reception: 'callback',
      ...change,
    });
    return must(await this.channels.pages.find('eao', id), 'the page');
  }

  get connector(): NetworkConnector {
    return must(this.channels.pages.connector('max'), 'MAX');
  }

  get pace(): ReturnType<typeof paceOf> {
    return paceOf(this.base.db, 'eao');
  }

  readonly check = (page = this.page): ReturnType<NetworkConnector['check']> =>
    this.connector.check(page, this.pace);

  /** Carries a webhook call of the fake's to the API. */
  readonly carry: Carry = async (url, headers, payload) =>
    (await this.api.inject({ method: 'POST', url: url.replace(PUBLIC, ''), headers, payload })).statusCode;

  incidents(page = this.page): Promise<Incident[]> {
    return incidentsOf(this, page.id);
  }

  /** The words of each incident and of what followed it. */
  async texts(page = this.page): Promise<string[][]> {
    const all = await this.incidents(page);
    return all.map(({ text, messages }) => [text, ...messages.map((message) => message.text)]);
  }

  /** Why events entered no incident, the newest first. */
  async reasons(): Promise<string[]> {
    const log = await readEventLog(this.base.db, 'eao', this.page.id);
    return log.map(({ state, reason }) => `${state}:${reason}`);
  }

  async health(page = this.page) {
    const all = await readListedPages(this.base.db, 'eao');
    return must(
      all.find(({ id }) => id === page.id),
      'the page',
    );
  }
}
