import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FakeServer } from './fake-server.ts';
import { readForm } from './form-file.ts';

interface Group {
  readonly id: string;
  readonly token: string;
  readonly readToken: string;
  readonly applicationKey: string;
  readonly applicationSecret: string;
}

interface FakeComment {
  readonly attachments?: readonly object[];
  readonly id: string;
  readonly text: string;
  readonly author_id: string;
  readonly date: string;
}

interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly type: string;
}

/** An answer instead of a result; `cut` breaks the connection after the call was carried out. */
type Failure = number | 'cut';

class Refusal extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`error ${code}`);
    this.code = code;
  }
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const HOUR = 3_600_000;
/** Nothing attached is not told at all. */
const attached = (attachments: readonly object[]) => (attachments.length === 0 ? {} : { attachments });

/**
 * Odnoklassniki for one group, strict where the real one is: two tokens for two APIs, JSON bodies with their
 * type, `sig` over the sorted parameters, pages by anchor, an address forgotten after 8 silent hours. Errors
 * come on order, by `failNext`.
 */
export class FakeOk {
  readonly sent: { chat: string; text: string }[] = [];
  /** Messages that went out with files: the words, and each file's kind and bytes. */
  readonly attached: { text: string; files: { type: string; bytes: Buffer }[] }[] = [];
  readonly calls: string[] = [];
  /** Addresses of uploads with their kinds, and the files that came, by their tokens. */
  readonly #uploads = new Map<string, string>();
  readonly #files = new Map<string, { type: string; bytes: Buffer }>();
  readonly subscriptions = new Map<string, { failingSince: number | null }>();
  readonly #group: Group;
  readonly #topics = new Map<string, FakeComment[]>();
  readonly #texts = new Map<string, object>();
  readonly #names = new Map<string, string>();
  readonly #chats = new Map<string, { timestamp: number }[]>();
  readonly #failures = new Map<string, Failure[]>();
  readonly #images = new Map<string, Buffer>();
  readonly #pending: { url: string; body: string }[] = [];
  /** Wider than a JavaScript number, as the real one is. */
  #seq = 98_211_023_614_189_661n;
  #ahead = 0;
  readonly #now: () => number;
  readonly #server = new FakeServer((request, response, body, bytes) =>
    request.url?.startsWith('/api/upload.do') === true
      ? this.#upload(request, response, bytes)
      : this.#answer(request, response, body),
  );

  constructor(group: Group, now: () => number) {
    this.#group = group;
    this.#now = now;
  }

  start(): Promise<string> {
    return this.#server.start();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** The group, or a person, writes a topic. */
  topic(id: string, author: string, media: readonly object[], at = this.#now()): void {
    this.#texts.set(id, {
      id,
      created_ms: at,
      author_ref: author,
      owner_ref: `group:${this.#group.id}`,
      media,
    });
    this.#topics.set(id, this.#topics.get(id) ?? []);
  }

  /** A picture of somebody's, as a message carries it: at an address of the network's that needs no token. */
  image(bytes: Buffer): object {
    const path = `/image/${this.#images.size}`;
    this.#images.set(path, bytes);
    return { type: 'IMAGE', payload: { url: `${this.#server.address}${path}` } };
  }

  pass(ms: number): void {
    this.#ahead += ms;
  }

  /** The next calls of a path or method fail like this, one after another. */
  failNext(call: string, ...failures: Failure[]): void {
    this.#failures.set(call, [...(this.#failures.get(call) ?? []), ...failures]);
  }

  /** A resident writes to the group; every subscribed address is to be told. Gives the event. */
  say(chat: string, user: string, name: string, text: string, attachments: object[] = []): string {
    const event = this.#keep(chat, `user:${user}`, name, text, attachments);
    for (const url of this.subscriptions.keys()) this.#pending.push({ url, body: event });
    return event;
  }

  /**
   * Calls the subscribed addresses, the last event first if told so. What is not answered 200 is told again
   * next time.
   */
  async deliver(call: (url: string, body: string) => Promise<number>, order: 'as is' | 'reversed' = 'as is') {
    const now = this.#now() + this.#ahead;
    const due = this.#pending.splice(0);
    for (const delivery of order === 'as is' ? due : due.toReversed()) {
      const subscription = this.subscriptions.get(delivery.url);
      if (subscription === undefined) continue;
      if ((await call(delivery.url, delivery.body)) === 200) {
        subscription.failingSince = null;
        continue;
      }
      subscription.failingSince ??= now;
      if (now - subscription.failingSince >= 8 * HOUR) this.subscriptions.delete(delivery.url);
      else this.#pending.push(delivery);
    }
  }

  /** A resident writes under a topic; nobody is told. */
  comment(
    topic: string,
    author: string,
    name: string,
    text: string,
    attachments: object[] = [],
  ): FakeComment {
    const comments = this.#topics.get(topic) ?? [];
    // Moscow's wall clock, without a zone.
    const date = new Date(this.#now() + 3 * HOUR - 60_000).toISOString().slice(0, 19).replace('T', ' ');
    const made = {
      id: `MTc${topic}:${comments.length}`,
      text,
      author_id: author,
      date,
      ...attached(attachments),
    };
    this.#names.set(author, name);
    this.#topics.set(topic, [...comments, made]);
    return made;
  }

  #keep(chat: string, user: string, name: string, text: string, attachments: object[]): string {
    this.#seq += 65_536n;
    const mid = `mid:${chat.slice(5)}.${this.#seq.toString(16)}`;
    const sender = { user_id: user, name };
    const recipient = { chat_id: chat };
    const message = { text, mid, ...attached(attachments) };
    const event = { sender, recipient, message, timestamp: this.#now() + this.#ahead };
    this.#chats.set(chat, [...(this.#chats.get(chat) ?? []), event]);
    return JSON.stringify({ webhookType: 'MESSAGE_CREATED', ...event }).replace(
      '"mid"',
      `"seq":${this.#seq},"mid"`,
    );
  }

  /** One file to an address, once, with the type that its bytes have. A picture's token is in the answer. */
  async #upload(request: IncomingMessage, response: ServerResponse, bytes: Buffer): Promise<void> {
    const failure = this.#failures.get('upload')?.shift();
    if (failure === 'cut') return void request.socket.destroy();
    const type = this.#uploads.get(request.url ?? '');
    this.#uploads.delete(request.url ?? '');
    const [file] = (await readForm(request, bytes)).files;
    const isImage = file?.type === 'image/jpeg' || file?.type === 'image/png';
    if (type === undefined || file === undefined || (type === 'IMAGE') !== isImage)
      return void response.writeHead(200).end('{"error_code":1100}');
    const token = type === 'IMAGE' ? `image-${this.#files.size}` : `file:${request.url}`;
    this.#files.set(token, { type, bytes: file.bytes });
    const answer = type === 'IMAGE' ? { photos: { 'Ag+=': { token } } } : {};
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #openUpload(type: string): object {
    if (!['FILE', 'IMAGE', 'VIDEO', 'AUDIO'].includes(type)) throw new Refusal(100);
    const path = `/api/upload.do?sig=${this.#uploads.size}-${this.calls.length}`;
    this.#uploads.set(path, type);
    const token = type === 'IMAGE' ? {} : { token: `file:${path}` };
    return { url: `${this.#server.address}${path}`, file_id: '1519bf4', ...token };
  }

  #attached(attachments: readonly { type: string; payload: { token?: string } }[]) {
    if (attachments.length > 5) throw new Refusal(100);
    return attachments.map(({ type, payload }) => {
      const file = this.#files.get(payload.token ?? '');
      if (file?.type !== type) throw new Refusal(100);
      return file;
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse, text: string): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://ok');
    const image = this.#images.get(pathname);
    if (image !== undefined) return void response.writeHead(200, { 'content-type': 'image/webp' }).end(image);
    const question = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      body: text,
      type: request.headers['content-type'] ?? '',
    };
    const name = pathname === '/fb.do' ? (new URLSearchParams(question.body).get('method') ?? '') : pathname;
    this.calls.push(name);
    const failure = this.#failures.get(name)?.shift();
    const body = this.#run(question, failure);
    if (failure === 'cut') return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify(body));
  }

  #run(question: Question, failure: Failure | undefined): object {
    try {
      if (typeof failure === 'number') throw new Refusal(failure);
      return question.path === '/fb.do'
        ? this.#rest(new URLSearchParams(question.body))
        : this.#graph(question);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { error_code: error.code, error_msg: error.message, error_data: null };
    }
  }

  #graph({ method, path, query, body, type }: Question): object {
    if (query.get('access_token') !== this.#group.token) throw new Refusal(103);
    if (method === 'POST' && type !== 'application/json;charset=utf-8') throw new Refusal(4);
    const said = (method === 'POST' ? JSON.parse(body) : {}) as Record<string, unknown>;
    const to = /^\/graph\/(chat:[\w.-]+)\/messages$/.exec(path)?.[1];
    if (to !== undefined && method === 'POST') return this.#send(to, said);
    if (`${method} ${path}` === 'GET /graph/me/chats') return this.#chatList(query);
    const of = /^\/graph\/me\/messages\/(chat:[\w.-]+)$/.exec(path)?.[1];
    if (of !== undefined && method === 'GET') return this.#messages(of, query);
    switch (`${method} ${path}`) {
      case 'GET /graph/me/subscriptions':
        return { subscriptions: [...this.subscriptions.keys()].map((url) => ({ url, time: this.#now() })) };
      case 'GET /graph/me/fileUploadUrl':
        return this.#openUpload(query.get('type') ?? 'FILE');
      case 'POST /graph/me/subscribe':
        if (typeof said['url'] !== 'string' || !/^https?:/.test(said['url'])) throw new Refusal(100);
        this.subscriptions.set(said['url'], { failingSince: null });
        return { success: true };
      case 'POST /graph/me/unsubscribe':
        return { success: this.subscriptions.delete(String(said['url'])) };
      default:
        throw new Refusal(3);
    }
  }

  #send(chat: string, said: Record<string, unknown>): object {
    const { recipient, message } = said as {
      recipient?: { chat_id?: string };
      message?: { text?: string; attachments?: { type: string; payload: { token?: string } }[] };
    };
    if (recipient?.chat_id !== chat || !message?.text) throw new Refusal(100);
    if (!this.#chats.has(chat)) throw new Refusal(10);
    const files = this.#attached(message.attachments ?? []);
    if (files.length > 0) this.attached.push({ text: message.text, files });
    this.sent.push({ chat, text: message.text });
    this.#keep(chat, `group:${this.#group.id}`, '', message.text, []);
    return { recipient_id: chat, message_id: `mid:${chat.slice(5)}.${this.#seq.toString(16)}` };
  }

  /** Newest first, no older than `to` and no newer than `from`: that is how they are named there. */
  #messages(chat: string, query: URLSearchParams): object {
    const [to, from] = [Number(query.get('to') ?? 0), Number(query.get('from') ?? Infinity)];
    if (from < to) throw new Refusal(100);
    const all = this.#chats.get(chat) ?? [];
    const found = all.filter(({ timestamp }) => timestamp >= to && timestamp <= from).toReversed();
    return { messages: found.slice(0, Number(query.get('count') ?? 50)) };
  }

  /** Those with the latest event first; the marker is there while there are more. */
  #chatList(query: URLSearchParams): object {
    const count = Number(query.get('count') ?? 1);
    if (!(count >= 1 && count <= 100)) throw new Refusal(100);
    const all = [...this.#chats]
      .map(([id, events]) => ({
        type: 'GROUP_CHAT',
        status: 'ACTIVE',
        chat_id: id,
        group_id: `group:${this.#group.id}`,
        lastEventTime: Math.max(...events.map(({ timestamp }) => timestamp)),
      }))
      .toSorted((a, b) => b.lastEventTime - a.lastEventTime);
    const first = Number(query.get('marker') ?? 0);
    const more = first + count < all.length ? { marker: String(first + count) } : {};
    return { chats: all.slice(first, first + count), ...more };
  }

  #rest(params: URLSearchParams): object {
    const { applicationKey, applicationSecret, readToken, id } = this.#group;
    if (params.get('application_key') !== applicationKey) throw new Refusal(101);
    if (params.get('access_token') !== readToken) throw new Refusal(102);
    const signed = [...params].filter(([name]) => name !== 'sig' && name !== 'access_token');
    const sorted = signed.map(([name, value]) => `${name}=${value}`).toSorted();
    if (params.get('sig') !== md5(sorted.join('') + md5(readToken + applicationSecret)))
      throw new Refusal(104);
    switch (params.get('method')) {
      case 'mediatopic.getTopics':
        if (params.get('gid') !== id) throw new Refusal(10);
        return {
          media_topics: [...this.#topics.keys()].map((topic) => ({ id: topic, owner_ref: `group:${id}` })),
        };
      case 'mediatopic.getByIds':
        return this.#byIds(params);
      case 'users.getInfo':
        return this.#infoOf(params, (uid) => this.#names.get(uid));
      case 'group.getInfo':
        return this.#infoOf(params, (uid) => (uid === id ? 'ЦУР области' : undefined));
      case 'discussions.getComments':
        return this.#comments(params);
      default:
        throw new Refusal(3);
    }
  }

  /** Topics that are not there are left out of the answer. */
  #byIds(params: URLSearchParams): object {
    if (!params.has('fields')) throw new Refusal(100);
    const ids = (params.get('topic_ids') ?? '').split(',');
    return { media_topics: ids.flatMap((topic) => this.#texts.get(topic) ?? []) };
  }

  #infoOf(params: URLSearchParams, nameOf: (uid: string) => string | undefined): object[] {
    if (params.get('fields') !== 'uid,name') throw new Refusal(100);
    return (params.get('uids') ?? '').split(',').flatMap((uid) => {
      const name = nameOf(uid);
      return name === undefined ? [] : [{ uid, name }];
    });
  }

  #comments(params: URLSearchParams): object {
    if (params.get('discussionType') !== 'GROUP_TOPIC') throw new Refusal(100);
    const all = this.#topics.get(params.get('discussionId') ?? '');
    if (all === undefined) throw new Refusal(100);
    const from = Number(params.get('anchor') ?? 0);
    const count = Math.min(Number(params.get('count')), 100);
    const comments = all.slice(from, from + count);
    const users = [...new Set(comments.map(({ author_id: uid }) => uid))];
    return {
      comments,
      entities: { users: users.map((uid) => ({ uid, name: this.#names.get(uid) ?? '' })) },
      has_more: from + count < all.length,
      anchor: String(from + count),
    };
  }
}
