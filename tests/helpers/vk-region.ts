import type { Attachment } from '#shared/domain/attachment.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { receiveCall } from '#server/channels/inbox/receive-call.ts';
import type { Api } from '#server/api/api.ts';
import type { Channels } from '#server/channels/channels.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { makeDeliveries } from '#server/channels/outbox/make-deliveries.ts';
import { sendDueReplies } from '#server/channels/outbox/send-replies.ts';
import { withScope } from '#server/store/database.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { approveAnswer, startRegion, type ChannelRegion } from './channel-region.ts';
import type { FreshDatabase } from './postgres.ts';
import { sessionOfRole, TestClient } from './sync-region.ts';
import { freshVk, VK_GROUP, VK_SECRET, VK_TOKENS } from './vk-channel.ts';

export const GROUP = VK_GROUP;
export const SECRET = VK_SECRET;
export const TOKENS = VK_TOKENS;
export const WALL = -GROUP;

/** A region with one page in a fake VK, its clock in the test's hands. */
export class VkRegion {
  readonly base: FreshDatabase;
  readonly channels: Channels;
  readonly api: Api;
  readonly fake = new FakeVk({ group: GROUP, ...TOKENS });
  /** Milliseconds by which the region's clock is ahead. */
  readonly clock: { ahead: number };
  page = '';
  #events = 0;

  readonly #region: ChannelRegion;

  private constructor(region: ChannelRegion) {
    this.#region = region;
    this.base = region.base;
    this.channels = region.channels;
    this.api = region.api;
    this.clock = region.clock;
  }

  static async start(): Promise<VkRegion> {
    const region = new VkRegion(await startRegion({ publicUrl: null }));
    region.page = await region.addPage('ЦУР', await region.fake.start());
    return region;
  }

  async stop(): Promise<void> {
    await this.fake.stop();
    await this.#region.stop();
  }

  addPage(name: string, baseUrl: string): Promise<string> {
    return this.channels.pages.add('eao', freshVk({ name, baseUrl }));
  }

  /** VK calls the page's address with these events; then everything that came is taken in. */
  async arrive(...events: readonly (readonly [type: string, object: object])[]): Promise<void> {
    for (const [type, object] of events) {
      this.#events += 1;
      const body = Buffer.from(this.fake.event(type, object, `event-${this.#events}`, SECRET));
      const answer = await receiveCall(this.channels.inbox, {
        region: 'eao',
        id: this.page,
        headers: {},
        body,
      });
      if (answer.text !== 'ok') throw new Error(`${answer.status} ${answer.text}`);
    }
    await drain(this.channels.inbox, 'eao');
  }

  /** A resident's comment arrives; gives the comment and the incident it became, or joined. */
  async comment(post: number, author: number, text: string) {
    const comment = this.fake.comment(post, author, text);
    await this.arrive(['wall_reply_new', comment]);
    const row = await withScope(this.base.db, { region: 'eao' }, (tx) =>
      tx
        .selectFrom('channel_message')
        .select('incident_id')
        .where('key', '=', `comment:${WALL}_${comment.id}`)
        .executeTakeFirstOrThrow(),
    );
    return { comment, incident: row.incident_id ?? '' };
  }

  /** Our copies of a page's messages, in the order of their numbers. */
  async messages(page = this.page) {
    return withScope(this.base.db, { region: 'eao' }, (tx) =>
      tx
        .selectFrom('channel_message')
        .select([
          'key',
          'text',
          'incident_id as incident',
          'edited_text as edited',
          'deleted_at as deletedAt',
        ])
        .where('channel_id', '=', page)
        .orderBy((eb) => eb.fn('length', ['key']))
        .orderBy('key')
        .execute(),
    );
  }

  async incident(id: string): Promise<Incident> {
    const row = await withScope(this.base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('incident').select('row').where('id', '=', id).executeTakeFirst(),
    );
    return must(row, `the incident ${id}`).row as unknown as Incident;
  }

  /** A person of the centre. */
  person(): TestClient {
    return new TestClient(this.base.db, sessionOfRole('approver'));
  }

  /** Has an incident answered and the answer approved. */
  approve(id: string, text: string, attachments: readonly Attachment[] = []): Promise<void> {
    return approveAnswer(this, id, text, attachments);
  }

  /** So much later, everything due is sent. */
  async later(ms: number): Promise<void> {
    this.clock.ahead += ms;
    await makeDeliveries(this.channels.outbox, 'eao');
    await sendDueReplies(this.channels.outbox, 'eao');
  }

  /** Reads the page's own comments: the text and the comment it answers, in order. */
  answers(): (readonly [text: string, to: number | undefined])[] {
    return this.fake.comments
      .filter(({ from_id: from }) => from === WALL)
      .map(({ text, reply_to_comment: to }) => [text, to] as const);
  }
}
