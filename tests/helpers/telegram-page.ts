import type { Incident } from '#shared/domain/incident.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import type { Page } from '#server/channels/networks/connector.ts';
import { FakeTelegram } from '#tests/fakes/telegram.ts';
import type { ChannelDesk } from './channel-desk.ts';
import { PUBLIC_URL } from './channel-region.ts';

export const TOKEN = '7000001:a-token-that-no-log-may-hold';
export const SECRET = 'a-secret-of-ours';
export const CHANNEL = -1_001_500_000_001;
export const GROUP = -1_001_500_000_002;
export const ALBUM_MS = 2100;

export const resident = (id: number, username?: string) => ({
  id,
  is_bot: false,
  first_name: `Житель ${id}`,
  ...(username === undefined ? {} : { username }),
});

/** A page in Telegram: a channel with a discussion group, a bot in it, and Telegram's API beside it. */
export class TelegramPage {
  readonly desk: ChannelDesk;
  readonly fake: FakeTelegram;
  readonly base: string;
  readonly channel: ReturnType<FakeTelegram['addChat']>;
  readonly group: ReturnType<FakeTelegram['addChat']>;
  readonly page: Page;

  private constructor(desk: ChannelDesk, fake: FakeTelegram, base: string, page: Page) {
    this.desk = desk;
    this.fake = fake;
    this.base = base;
    this.page = page;
    this.channel = fake.addChat({
      id: CHANNEL,
      type: 'channel',
      title: 'ЦУР',
      linked_chat_id: GROUP,
      bot: 'member',
    });
    this.group = fake.addChat({
      id: GROUP,
      type: 'supergroup',
      title: 'Обсуждение',
      username: 'tsur_talk',
      bot: 'member',
    });
  }

  static async open(desk: ChannelDesk): Promise<TelegramPage> {
    const fake = new FakeTelegram(TOKEN);
    fake.readsAll = true;
    const base = await fake.start();
    const made = new TelegramPage(desk, fake, base, await addPage(desk, base, 'callback'));
    await catchUp(desk.channels.inbox, made.page, 0);
    return made;
  }

  /** Another page of the same bot. */
  async add(reception: 'callback' | 'poll'): Promise<Page> {
    return addPage(this.desk, this.base, reception);
  }

  get address(): string {
    return `${PUBLIC_URL}/api/v1/channels/eao/${this.page.id}/callback`;
  }

  async hook(url: string, secret: string, body: string | Buffer) {
    return this.desk.call(url, body, { 'x-telegram-bot-api-secret-token': secret });
  }

  /** Telegram tells our address what it has to tell. */
  async deliver(): Promise<void> {
    await this.fake.updates.deliver(
      async ({ url, secret }, body) => (await this.hook(url, secret, body)).status,
    );
  }

  /** All is told, albums are over: the incidents now. */
  async arrive(): Promise<Incident[]> {
    await this.deliver();
    if (this.fake.updates.pending.length > 0) throw new Error('Something was not taken');
    this.desk.pass(ALBUM_MS);
    return this.desk.incidents(this.page);
  }
}

const addPage = (desk: ChannelDesk, base: string, reception: 'callback' | 'poll'): Promise<Page> =>
  desk.add({
    network: 'telegram',
    name: 'ЦУР в Telegram',
    baseUrl: base,
    certificate: null,
    pageId: String(CHANNEL),
    agency: null,
    token: TOKEN,
    secret: SECRET,
    watch: [],
    rules: { stop: [], ignore: [], off: [] },
    reception,
  });
