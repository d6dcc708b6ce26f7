import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import type { Attachment } from '#shared/domain/attachment.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { NewChannel } from '#shared/protocol/channels.ts';
import { readReplyDeliveries } from '#server/channels/outbox/read-deliveries.ts';
import { readEventLog } from '#server/channels/inbox/event-log.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import type { Channels } from '#server/channels/channels.ts';
import type { Page } from '#server/channels/networks/connector.ts';
import { readListedPages } from '#server/channels/pages/read-pages.ts';
import { makeDeliveries } from '#server/channels/outbox/make-deliveries.ts';
import { sendDueReplies } from '#server/channels/outbox/send-replies.ts';
import { approveAnswer, incidentsOf, PUBLIC_URL, startRegion, type ChannelRegion } from './channel-region.ts';
import type { FreshDatabase } from './postgres.ts';
import { bearer, TEST_PASSWORD, tokenOf } from './test-api.ts';

const refusalSchema = z.object({ error: z.object({ detail: z.object({ refusal: z.string() }).optional() }) });

/** A region with official pages of networks, an API that they call, and a clock that can be put forward. */
export class ChannelDesk {
  readonly base: FreshDatabase;
  readonly channels: Channels;
  readonly logged: readonly string[];
  readonly #region: ChannelRegion;
  readonly #tokens = new Map<Role, string>();

  private constructor(region: ChannelRegion) {
    this.base = region.base;
    this.channels = region.channels;
    this.logged = region.logged;
    this.#region = region;
  }

  static async open(): Promise<ChannelDesk> {
    return new ChannelDesk(await startRegion({ allowedNetworks: ['127.0.0.0/8'] }));
  }

  close(): Promise<void> {
    return this.#region.stop();
  }

  pass(ms: number): void {
    this.#region.clock.ahead += ms;
  }

  async add(page: NewChannel): Promise<Page> {
    return this.page(await this.channels.pages.add('eao', page));
  }

  async page(id: string): Promise<Page> {
    return must(await this.channels.pages.find('eao', id), 'the page');
  }

  /** A network calls this address of ours. Gives the status and what was answered. */
  async call(address: string, body: string | Buffer, headers: Record<string, string> = {}) {
    const { pathname, search } = new URL(address, PUBLIC_URL);
    const answer = await this.#region.api.inject({
      method: 'POST',
      url: `${pathname}${search}`,
      headers: { 'content-type': 'application/json', ...headers },
      payload: body,
    });
    return { status: answer.statusCode, text: answer.body };
  }

  /** A photo of an incident's message, as a console asks for it: the status, and the bytes or the refusal. */
  async photo(incident: string, message: number, n: number, role: Role = 'operator') {
    const token = await this.#tokenOf(role);
    const url = `/api/v1/incidents/${incident}/media/${message}/${n}`;
    const answer = await this.#region.api.inject({ url, headers: bearer(token) });
    return answer.statusCode === 200
      ? { type: answer.headers['content-type'], bytes: answer.rawPayload }
      : { status: answer.statusCode, refusal: refusalSchema.parse(answer.json()).error.detail?.refusal };
  }

  async #tokenOf(role: Role): Promise<string> {
    const known = this.#tokens.get(role);
    if (known !== undefined) return known;
    const account = { login: role, displayName: role, role, agency: role === 'executor' ? 'heat' : null };
    await createAccount(this.base.db, 'eao', { ...account, password: TEST_PASSWORD }, Date.now());
    const token = await tokenOf(this.#region.api, role);
    this.#tokens.set(role, token);
    return token;
  }

  /** Reads what has come, and gives the incidents of a page. */
  incidents({ id }: Page): Promise<Incident[]> {
    return incidentsOf(this, id);
  }

  async health({ id }: Page) {
    const pages = await readListedPages(this.base.db, 'eao');
    return must(
      pages.find((page) => page.id === id),
      'the page',
    );
  }

  async log({ id }: Page): Promise<string[]> {
    const events = await readEventLog(this.base.db, 'eao', id);
    return events.map(({ kind, reason }) => `${kind}: ${reason ?? ''}`);
  }

  /** An incident is answered, and the answer approved. */
  approve(id: string, text: string, attachments: readonly Attachment[] = []): Promise<void> {
    return approveAnswer(this, id, text, attachments);
  }

  /** Time passes, and what has to be sent by then is sent. */
  async sendAfter(ms: number): Promise<void> {
    this.pass(ms);
    await makeDeliveries(this.channels.outbox, 'eao');
    await sendDueReplies(this.channels.outbox, 'eao');
  }

  /** How far the last reply of an incident has come. */
  async sending(id: string) {
    return must((await readReplyDeliveries(this.base.db, 'eao', id)).at(-1), 'a reply on its way');
  }
}
