import { randomBytes } from 'node:crypto';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { NewChannel } from '#shared/protocol/channels.ts';
import { buildApp } from '#server/api/app.ts';
import type { Api } from '#server/api/api.ts';
import { Channels } from '#server/channels/channels.ts';
import { drain } from '#server/channels/drain.ts';
import type { Channel, NetworkConnector } from '#server/channels/network.ts';
import { paceOf } from '#server/channels/pace.ts';
import { readChannels, readLog } from '#server/channels/read-channels.ts';
import { withScope } from '#server/store/database.ts';
import { FakeMax, type Carry } from '#tests/fakes/max.ts';
import { syncDatabase } from './sync-region.ts';
import type { FreshDatabase } from './postgres.ts';

export const CHANNEL = '-69729329042751';
export const TOKEN = 'f9LHodD0cOL-a-token-of-max';
export const SECRET = 'a-secret-of-ours';
export const PUBLIC = 'https://pult.example';

/** The API with its database, and for each test a fake MAX with a page of its own. */
export class MaxPages {
  readonly base: FreshDatabase;
  readonly api: Api;
  readonly channels: Channels;
  /** How far this API's clock is ahead. */
  readonly clock: { ahead: number };
  /** What the API has logged. */
  readonly logged: string[];
  #fake: FakeMax | null = null;
  #page: Channel | null = null;
  #address = '';

  private constructor(
    base: FreshDatabase,
    api: Api,
    channels: Channels,
    logged: string[],
    clock: { ahead: number },
  ) {
    this.base = base;
    this.api = api;
    this.channels = channels;
    this.logged = logged;
    this.clock = clock;
  }

  static async start(): Promise<MaxPages> {
    const base = await syncDatabase();
    const clock = { ahead: 0 };
    const now = (): number => Date.now() + clock.ahead;
    const channels = new Channels(base.db, now, randomBytes(32), PUBLIC);
    const logged: string[] = [];
    const log = { write: (line: string) => void logged.push(line) };
    const rest = { consoleDir: null, metricsToken: null, trustProxy: null, logLevel: 'debug' } as const;
    const api = await buildApp({ db: base.db, channels, now, log, ...rest });
    return new MaxPages(base, api, channels, logged, clock);
  }

  async stop(): Promise<void> {
    await this.api.close();
    await this.base.stop();
  }

  get fake(): FakeMax {
    return must(this.#fake, 'a fake');
  }

  get page(): Channel {
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

  async add(change: Partial<NewChannel & { network: 'max' }> = {}): Promise<Channel> {
    const id = await this.channels.add('eao', {
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
    return must(await this.channels.find('eao', id), 'the page');
  }

  get connector(): NetworkConnector {
    return must(this.channels.connector('max'), 'MAX');
  }

  get pace(): ReturnType<typeof paceOf> {
    return paceOf(this.base.db, 'eao');
  }

  readonly check = (page = this.page): ReturnType<NetworkConnector['check']> =>
    this.connector.check(page, this.pace);

  /** Carries a webhook call of the fake's to the API. */
  readonly carry: Carry = async (url, headers, payload) =>
    (await this.api.inject({ method: 'POST', url: url.replace(PUBLIC, ''), headers, payload })).statusCode;

  async incidents(page = this.page): Promise<Incident[]> {
    await drain(this.channels, 'eao');
    const rows = await withScope(this.base.db, { region: 'eao' }, (tx) =>
      tx
        .selectFrom('incident')
        .innerJoin('channel_message', 'channel_message.incident_id', 'incident.id')
        .select('incident.row')
        .where('channel_message.channel_id', '=', page.id)
        .distinctOn('incident.id')
        .orderBy('incident.id')
        .execute(),
    );
    return rows.map(({ row }) => row as unknown as Incident);
  }

  /** The words of each incident and of what followed it. */
  async texts(page = this.page): Promise<string[][]> {
    const all = await this.incidents(page);
    return all.map(({ text, messages }) => [text, ...messages.map((one) => one.text)]);
  }

  /** Why events entered no incident, the newest first. */
  async reasons(): Promise<string[]> {
    const log = await readLog(this.base.db, 'eao', this.page.id);
    return log.map(({ state, reason }) => `${state}:${reason}`);
  }

  async health(page = this.page) {
    const all = await readChannels(this.base.db, 'eao');
    return must(
      all.find(({ id }) => id === page.id),
      'the page',
    );
  }
}
