import type { IncomingMessage, ServerResponse } from 'node:http';
import { must } from '#shared/domain/must.ts';
import { FakeServer, type Listening } from './fake-server.ts';
import { onlyFile } from './form-file.ts';
import { FakeMaxChannel, type MaxUpdate } from './max-channel.ts';

/**
 * An answer of MAX instead of a result: a status with its own code; `cut` breaks the line after the call was
 * carried out.
 */
type Failure = { readonly status: number; readonly code: string } | 'cut' | 'gateway' | 'not_done';

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

interface Subscription {
  readonly url: string;
  readonly secret: string;
  readonly update_types: readonly string[] | null;
  readonly time: number;
}

/**
 * Carries a webhook call to its address and gives the status it was answered with; 0 when nobody is there.
 */
export type Carry = (url: string, headers: Record<string, string>, body: string) => Promise<number>;

interface Waiting {
  readonly update: MaxUpdate;
  readonly url: string;
  readonly since: number;
  due: number;
  pauseMs: number;
}

const HOURS_8 = 8 * 3_600_000;
/** Numbers that MAX writes wider than 53 bits stand as strings in the fake and as bare digits on the line. */
const bare = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"(seq|chat_id|user_id|marker)":"(-?\d+)"/g, '"$1":$2');

/**
 * MAX's Bot API for one bot in one channel, strict where the real one is: the bare token in a header and
 * never in the address, known parameters only, 30 calls a second and 300 ms between questions for updates,
 * rights, 4000 characters, polling closed while a webhook is subscribed, 200 alone confirms, retries ever
 * later and no subscription after eight hours. Errors come on order.
 */
export class FakeMax extends FakeMaxChannel {
  readonly calls: string[] = [];
  subscriptions: Subscription[] = [];
  /** How far the clock of retries is ahead. */
  ahead = 0;
  readonly #token: string;
  readonly #failures = new Map<string, Failure[]>();
  #turns: number[] = [];
  #askedAt = 0;
  #first = 0;
  #waiting: Waiting[] = [];
  /** Messages that went out with files: the words, and each file's kind and bytes. */
  readonly attached: { text: string; files: { type: string; bytes: Buffer }[] }[] = [];
  /** How many times a message is refused because its files are still worked on. */
  notReady = 0;
  readonly #uploads = new Map<string, string>();
  readonly #files = new Map<string, { type: string; bytes: Buffer }>();
  readonly #server = new FakeServer((request, response, body, bytes) =>
    request.url?.startsWith('/upload.do') === true
      ? this.#upload(request, response, bytes)
      : this.#answer(request, response, body),
  );

  constructor(token: string, channelId: string) {
    super(channelId);
    this.#token = token;
  }

  start(how: Listening = {}): Promise<string> {
    return this.#server.start(how);
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** The next calls (`POST /messages`, ids written as `*`) fail like this, one after another. */
  failNext(call: string, ...failures: Failure[]): void {
    this.#failures.set(call, [...(this.#failures.get(call) ?? []), ...failures]);
  }

  /** Calls all webhooks with what waits and is due. `as`: each call twice, or the newest first. */
  async deliver(carry: Carry, as: 'once' | 'twice' | 'backwards' = 'once'): Promise<void> {
    const now = Date.now() + this.ahead;
    for (const update of this.updates.splice(0))
      for (const { url, update_types: types } of this.subscriptions)
        if (types?.includes(update.update_type) !== false)
          this.#waiting.push({ update, url, since: now, due: now, pauseMs: 60_000 });
    const due = this.#waiting.filter((call) => call.due <= now);
    for (const call of as === 'backwards' ? due.toReversed() : due)
      await this.#call(carry, call, as === 'twice');
  }

  async #call(carry: Carry, call: Waiting, isTwice: boolean): Promise<void> {
    const subscription = this.subscriptions.find(({ url }) => url === call.url);
    if (subscription === undefined) return;
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'x-max-bot-api-secret': subscription.secret,
    };
    const status = await carry(call.url, headers, bare(call.update));
    if (isTwice) await carry(call.url, headers, bare(call.update));
    if (status === 200) return void (this.#waiting = this.#waiting.filter((other) => other !== call));
    call.due += call.pauseMs;
    call.pauseMs *= 2.5;
    if (call.due - call.since > HOURS_8) this.#unsubscribe(call.url);
  }

  #unsubscribe(gone: string): void {
    this.subscriptions = this.subscriptions.filter(({ url }) => url !== gone);
    this.#waiting = this.#waiting.filter(({ url }) => url !== gone);
  }

  /** One file to an address, once; no token goes to the servers of files. */
  async #upload(request: IncomingMessage, response: ServerResponse, bytes: Buffer): Promise<void> {
    const failure = this.#failures.get('upload')?.shift();
    if (failure === 'gateway') return void response.writeHead(502).end('<html>Bad Gateway</html>');
    const type = this.#uploads.get(request.url ?? '');
    this.#uploads.delete(request.url ?? '');
    const file = await onlyFile(request, bytes, 'data');
    if (failure === 'cut') return void request.socket.destroy();
    if (type === undefined || file === null || request.headers.authorization !== undefined)
      return void response.writeHead(400).end('{"error_code":"1"}');
    const token = `token+${this.#files.size}/=`;
    this.#files.set(token, { type, bytes: file.bytes });
    const answer = type === 'image' ? { photos: { 'size+1=': { token } } } : { fileId: 9, token };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #openUpload(type: string | null): object {
    if (!['image', 'video', 'audio', 'file'].includes(type ?? '')) throw new Refusal(400, 'proto.payload');
    const path = `/upload.do?sig=${this.#uploads.size}-${this.calls.length}`;
    this.#uploads.set(path, type ?? '');
    return { url: `${this.#server.address}${path}` };
  }

  #attached(attachments: unknown): { type: string; bytes: Buffer }[] {
    if (attachments === undefined) return [];
    if (!Array.isArray(attachments) || attachments.length === 0) throw new Refusal(400, 'proto.payload');
    const files = (attachments as { type: string; payload: Record<string, unknown> }[]).map(
      ({ type, payload: { photos, token, ...more } }) => {
        const [photo] = Object.values((photos ?? {}) as Record<string, { token: string }>);
        const file = this.#files.get(type === 'image' ? (photo?.token ?? '') : String(token));
        if (file?.type !== type || Object.keys(more).length > 0) throw new Refusal(400, 'proto.payload');
        return file;
      },
    );
    if (this.notReady > 0) {
      this.notReady -= 1;
      throw new Refusal(400, 'attachment.not.ready');
    }
    return files;
  }

  async #answer(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    const url = new URL(request.url ?? '', 'http://fake');
    const call = `${request.method} ${url.pathname.replaceAll(/\/(?:mid\.|-?\d)[\w-]*/g, '/*')}`;
    this.calls.push(call);
    const failure = this.#failures.get(call)?.shift();
    if (failure === 'gateway') return void response.writeHead(502).end('<html>Bad Gateway</html>');
    const { status, body } = await this.#run(request, url, text, failure);
    if (failure === 'cut') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(bare(body));
  }

  async #run(
    request: IncomingMessage,
    url: URL,
    text: string,
    failure: Exclude<Failure, 'gateway'> | undefined,
  ): Promise<{ status: number; body: object }> {
    try {
      if (failure === 'not_done') return { status: 200, body: { success: false, message: 'not done' } };
      if (failure !== undefined && failure !== 'cut') throw new Refusal(failure.status, failure.code);
      this.#checkCall(request, url);
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      return { status: 200, body: await this.#route(`${request.method}`, url, body) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { code: error.code, message: `refused: ${error.code}` } };
    }
  }

  #checkCall(request: IncomingMessage, url: URL): void {
    const isToken = request.headers.authorization === this.#token;
    if (!isToken || url.searchParams.has('access_token')) throw new Refusal(401, 'verify.token');
    const now = Date.now();
    this.#turns = this.#turns.filter((at) => at > now - 1000);
    if (this.#turns.length >= 30) throw new Refusal(429, 'too.many.requests');
    this.#turns.push(now);
  }

  async #route(method: string, url: URL, body: Record<string, unknown>): Promise<object> {
    const [, root = '', id = '', part = '', last = ''] = url.pathname.split('/').map(decodeURIComponent);
    const known = (...names: string[]): URLSearchParams => {
      for (const name of url.searchParams.keys())
        if (!names.includes(name)) throw new Refusal(400, 'proto.payload');
      return url.searchParams;
    };
    const way = [root, id && '*', part, last && (part === 'comments' ? '*' : last)].filter(Boolean);
    switch (`${method} ${way.join('/')}`) {
      case 'GET me':
        return this.bot;
      case 'GET chats/*':
        this.#mine(id);
        return { ...this.chat, chat_id: id };
      case 'GET chats/*/members/me':
        this.#mine(id);
        return { ...this.bot, ...this.member };
      case 'GET messages':
        return { messages: this.#listed(known('chat_id', 'before', 'after', 'count')) };
      case 'POST messages':
        return { message: this.#send(known('chat_id', 'user_id', 'disable_link_preview'), body) };
      case 'GET messages/*/comments':
        return { messages: this.#comments(id, known('before', 'after', 'count')) };
      case 'GET messages/*/comments/*':
        return this.#commentOf(id, last);
      case 'POST messages/*/comments':
        return { message: this.#comment(id, known('disable_link_preview'), body) };
      case 'POST uploads':
        return this.#openUpload(known('type').get('type'));
      case 'GET updates':
        return this.#updates(known('limit', 'timeout', 'marker', 'types'));
      case 'GET subscriptions':
        return { subscriptions: this.subscriptions.map(({ secret: _secret, ...rest }) => rest) };
      case 'POST subscriptions':
        return this.#subscribe(body);
      case 'DELETE subscriptions':
        this.#unsubscribe(must(known('url').get('url'), 'an address'));
        return { success: true };
      default:
        throw new Refusal(404, 'not.found');
    }
  }

  #mine(chat: string): void {
    if (chat !== this.channelId || this.chat.status !== 'active') throw new Refusal(404, 'chat.not.found');
  }

  #right(name: string): void {
    const { is_admin: isAdmin, permissions } = this.member;
    if (!isAdmin || permissions?.includes(name) !== true) throw new Refusal(403, 'chat.denied');
  }

  #page<T extends { timestamp: number }>(all: readonly T[], query: URLSearchParams): T[] {
    const count = Number(query.get('count') ?? 50);
    if (!(count >= 1 && count <= 100)) throw new Refusal(400, 'proto.payload');
    const before = Number(query.get('before') ?? Infinity);
    const after = Number(query.get('after') ?? 0);
    return all
      .filter(({ timestamp }) => timestamp < before && timestamp > after)
      .toSorted((a, b) => b.timestamp - a.timestamp)
      .slice(0, count);
  }

  #listed(query: URLSearchParams): object[] {
    const chat = query.get('chat_id') ?? '';
    if (chat === this.channelId) this.#mine(chat);
    const all =
      chat === this.channelId
        ? this.posts
        : this.messages.filter((message) => message.recipient.chat_id === chat);
    return this.#page(all, query);
  }

  #comments(post: string, query: URLSearchParams): object[] {
    this.#right('read_all_messages');
    if (!this.posts.some(({ body }) => body.mid === post)) throw new Refusal(404, 'message.not.found');
    return this.#page(
      this.comments.filter(({ recipient }) => recipient.post_id === post),
      query,
    );
  }

  #commentOf(post: string, comment: string): object {
    this.#right('read_all_messages');
    const found = this.comments.find(
      ({ body, recipient }) => body.mid === comment && recipient.post_id === post,
    );
    if (found === undefined) throw new Refusal(404, 'message.not.found');
    return found;
  }

  #text(body: Record<string, unknown>, ...keys: string[]): { text: string; to: string | null } {
    for (const key of Object.keys(body)) if (!keys.includes(key)) throw new Refusal(400, 'proto.payload');
    const { text, link } = body as { text?: unknown; link?: { type?: unknown; mid?: unknown } };
    if (typeof text !== 'string' || text === '' || text.length > 4000)
      throw new Refusal(400, 'proto.payload');
    if (link === undefined) return { text, to: null };
    if (link.type !== 'reply' || typeof link.mid !== 'string') throw new Refusal(400, 'proto.payload');
    return { text, to: link.mid };
  }

  #comment(post: string, _query: URLSearchParams, body: Record<string, unknown>): object {
    const { text, to } = this.#text(body, 'text', 'link', 'format');
    this.#right('write');
    if (!this.posts.some((known) => known.body.mid === post)) throw new Refusal(404, 'message.not.found');
    if (to !== null && !this.comments.some((comment) => comment.body.mid === to))
      throw new Refusal(404, 'message.not.found');
    return this.write({ post, from: this.bot, text, to });
  }

  #send(query: URLSearchParams, body: Record<string, unknown>): object {
    const { text, to } = this.#text(body, 'text', 'link', 'format', 'attachments', 'notify');
    const chat = query.get('chat_id');
    if ((chat === null) === (query.get('user_id') === null)) throw new Refusal(400, 'proto.payload');
    if (this.stopped.has(chat ?? '')) throw new Refusal(403, 'chat.denied');
    const files = this.#attached(body['attachments']);
    if (files.length > 0) this.attached.push({ text, files });
    return this.write({ chat: chat ?? `9${query.get('user_id')}`, from: this.bot, text, to });
  }

  async #updates(query: URLSearchParams): Promise<object> {
    if (this.subscriptions.length > 0) throw new Refusal(405, 'method.not.allowed');
    const now = Date.now();
    const isTooSoon = now - this.#askedAt < 300;
    this.#askedAt = now;
    if (isTooSoon) throw new Refusal(429, 'too.many.requests');
    const [limit, timeout] = [Number(query.get('limit') ?? 100), Number(query.get('timeout') ?? 30)];
    if (!(limit >= 1 && limit <= 1000 && timeout >= 0 && timeout <= 90))
      throw new Refusal(400, 'proto.payload');
    const marker = query.get('marker');
    // Markers are wider than 53 bits. What lies before a given one is forgotten.
    const base = 2n ** 60n;
    if (marker !== null) {
      const at = Number(BigInt(marker) - base);
      this.updates.splice(0, at - this.#first);
      this.#first = at;
    }
    const until = now + timeout * 1000;
    while (this.updates.length === 0 && Date.now() < until && this.#server.isListening)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const updates = this.updates.slice(0, limit);
    return { updates, marker: String(base + BigInt(this.#first + updates.length)) };
  }

  #subscribe(body: Record<string, unknown>): object {
    const {
      url,
      secret,
      update_types: types,
    } = body as Record<string, unknown> & {
      url: string;
      secret: string;
      update_types: string[] | null;
    };
    const isAddress = /^https:\/\/[^/:]+\//.test(url);
    const isSecret = /^[\w-]{5,256}$/.test(secret);
    if (!isAddress || !isSecret || new Set(types).size !== types?.length)
      throw new Refusal(400, 'proto.payload');
    this.subscriptions = this.subscriptions.filter((subscription) => subscription.url !== url);
    this.subscriptions.push({ url, secret, update_types: types, time: Date.now() + this.ahead });
    return { success: true };
  }
}
