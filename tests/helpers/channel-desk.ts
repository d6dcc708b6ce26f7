import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { NewChannel } from '#shared/protocol/channels.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import type { Api } from '#server/api/api.ts';
import { buildApp } from '#server/api/app.ts';
import { Channels } from '#server/channels/channels.ts';
import { drain } from '#server/channels/drain.ts';
import { readChannels, readLog, readSending } from '#server/channels/read-channels.ts';
import { enqueueReplies, sendReplies } from '#server/channels/replies.ts';
import type { Channel } from '#server/channels/network.ts';
import { withScope } from '#server/store/database.ts';
import type { FreshDatabase } from './postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from './sync-region.ts';
import { bearer, TEST_PASSWORD, tokenOf } from './test-api.ts';

export const PUBLIC_URL = 'https://pult.example';

const refusalSchema = z.object({ error: z.object({ detail: z.object({ refusal: z.string() }).optional() }) });

/** A region with official pages of networks, an API that they call, and a clock that can be put forward. */
export class ChannelDesk {
  readonly base: FreshDatabase;
  readonly channels: Channels;
  readonly logged: string[] = [];
  #api: Api | null = null;
  #ahead = 0;
  readonly #tokens = new Map<Role, string>();

  private constructor(base: FreshDatabase) {
    this.base = base;
    this.channels = new Channels(base.db, () => Date.now() + this.#ahead, randomBytes(32), PUBLIC_URL);
  }

  static async open(): Promise<ChannelDesk> {
    const desk = new ChannelDesk(await syncDatabase());
    desk.#api = await buildApp({
      db: desk.base.db,
      channels: desk.channels,
      now: desk.channels.now,
      consoleDir: null,
      metricsToken: null,
      trustProxy: null,
      allowedNetworks: ['127.0.0.0/8'],
      log: { write: (line) => void desk.logged.push(line) },
      logLevel: 'debug',
    });
    return desk;
  }

  async close(): Promise<void> {
    await this.#api?.close();
    await this.base.stop();
  }

  pass(ms: number): void {
    this.#ahead += ms;
  }

  async add(page: NewChannel): Promise<Channel> {
    return this.page(await this.channels.add('eao', page));
  }

  async page(id: string): Promise<Channel> {
    return must(await this.channels.find('eao', id), 'the page');
  }

  /** A network calls this address of ours. Gives the status and what was answered. */
  async call(address: string, body: string | Buffer, headers: Record<string, string> = {}) {
    const { pathname, search } = new URL(address, PUBLIC_URL);
    const answer = await must(this.#api, 'an open desk').inject({
      method: 'POST',
      url: `${pathname}${search}`,
      headers: { 'content-type': 'application/json', ...headers },
      payload: body,
    });
    return { status: answer.statusCode, text: answer.body };
  }

  /** A photo of an incident's message, as a console asks for it: the status, and the bytes or the refusal. */
  async photo(incident: string, message: number, n: number, role: Role = 'operator') {
    const api = must(this.#api, 'an open desk');
    const token = await this.#tokenOf(role);
    const url = `/api/v1/incidents/${incident}/media/${message}/${n}`;
    const answer = await api.inject({ url, headers: bearer(token) });
    return answer.statusCode === 200
      ? { type: answer.headers['content-type'], bytes: answer.rawPayload }
      : { status: answer.statusCode, refusal: refusalSchema.parse(answer.json()).error.detail?.refusal };
  }

  async #tokenOf(role: Role): Promise<string> {
    const known = this.#tokens.get(role);
    if (known !== undefined) return known;
    const account = { login: role, displayName: role, role, agency: role === 'executor' ? 'heat' : null };
    await createAccount(this.base.db, 'eao', { ...account, password: TEST_PASSWORD }, Date.now());
    const token = await tokenOf(must(this.#api, 'an open desk'), role);
    this.#tokens.set(role, token);
    return token;
  }

  /** Reads what has come, and gives the incidents of a page. */
  async incidents({ id }: Channel): Promise<Incident[]> {
    await drain(this.channels, 'eao');
    const rows = await withScope(this.base.db, { region: 'eao' }, (tx) =>
      tx
        .selectFrom('incident')
        .innerJoin('channel_message', 'channel_message.incident_id', 'incident.id')
        .select('incident.row')
        .where('channel_message.channel_id', '=', id)
        .distinctOn('incident.id')
        .orderBy('incident.id')
        .execute(),
    );
    return rows.map(({ row }) => row as unknown as Incident);
  }

  async health({ id }: Channel) {
    const pages = await readChannels(this.base.db, 'eao');
    return must(
      pages.find((page) => page.id === id),
      'the page',
    );
  }

  async log({ id }: Channel): Promise<string[]> {
    const events = await readLog(this.base.db, 'eao', id);
    return events.map(({ kind, reason }) => `${kind}: ${reason ?? ''}`);
  }

  /** An incident is answered, and the answer approved. */
  async approve(id: string, text: string): Promise<void> {
    const operator = new TestClient(this.base.db, sessionOfRole('approver'));
    const statuses = [
      await operator.do(id, 'classify', { group: 'Дороги', topic: 'Ямы', from: '' }),
      await operator.do(id, 'route', { agency: 'roads', unit: '', from: '', reason: '' }),
      await operator.do(id, 'takeToWork', {}),
      await operator.do(id, 'draftReply', { text, kind: 'final', promises: [] }),
      await operator.do(id, 'submitForApproval', {}),
      await operator.do(id, 'approve', { text }),
    ].map(({ status }) => status);
    if (statuses.some((status) => status !== 'applied')) throw new Error(`Not answered: ${statuses.join()}`);
    await enqueueReplies(this.channels, 'eao');
  }

  /** Time passes, and what has to be sent by then is sent. */
  async sendAfter(ms: number): Promise<void> {
    this.pass(ms);
    await enqueueReplies(this.channels, 'eao');
    await sendReplies(this.channels, 'eao');
  }

  /** How far the last reply of an incident has come. */
  async sending(id: string) {
    return must((await readSending(this.base.db, 'eao', id)).at(-1), 'a reply on its way');
  }
}
