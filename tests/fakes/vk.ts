import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { must } from '#shared/domain/must.ts';
import { callViolations } from '#tests/helpers/vk-schema.ts';
import { FakeServer } from './fake-server.ts';
import { VkCallbacks, type Dial } from './vk-callbacks.ts';
import { VkLongPoll } from './vk-long-poll.ts';
import type { FakeComment } from './vk-objects.ts';
import { Refusal } from './vk-refusal.ts';
import { VkUploads } from './vk-uploads.ts';

interface Page {
  readonly group: number;
  readonly communityToken: string;
  readonly readToken: string;
  /** The word VK wants to hear from a callback server. */
  readonly confirmation?: string;
  /** How VK reaches callback servers; over HTTP unless told. */
  readonly dial?: Dial;
}

type Params = URLSearchParams;

/** An answer of VK instead of a result; `cut` breaks the connection after the call was carried out. */
type Failure = number | 'cut';

/**
 * VK's API for one community, strict where the real one is: tokens by method, the version, parameters by VK's
 * own schema (error 100), 20 and 3 calls a second (error 6), `guid` answered with the comment it made before.
 * Errors come on order, by `failNext`.
 */
export class FakeVk {
  readonly comments: FakeComment[] = [];
  readonly sent: { peer: string; text: string; randomId: string }[] = [];
  /** Messages that went out with files. */
  readonly attached: { readonly text: string; readonly files: readonly Buffer[] }[] = [];
  readonly calls: string[] = [];
  readonly exchanges: { readonly method: string; readonly params: Params; readonly answer: object }[] = [];
  readonly callbacks: VkCallbacks;
  readonly longPoll: VkLongPoll;
  readonly uploads: VkUploads;
  /** Nobody gets an answer while this is so. */
  isDown = false;
  /** Milliseconds between carrying a call out and answering it. */
  slowness = 0;
  readonly #page: Page;
  readonly #guids = new Map<string, number>();
  readonly #failures = new Map<string, Failure[]>();
  readonly #turns = new Map<string, number[]>();
  #lastComment = 100;
  readonly #server = new FakeServer((request, response, body, bytes) =>
    request.url?.startsWith('/upload/') === true
      ? this.#upload(request, response, bytes)
      : this.#answer(request, response, body),
  );

  constructor(page: Page) {
    this.#page = page;
    this.callbacks = new VkCallbacks(page.group, page.confirmation ?? 'c0nf1rm', page.dial);
    this.longPoll = new VkLongPoll(page.group);
    this.uploads = new VkUploads(page.group);
  }

  /** A callback server that a person has entered; empty: there is none. */
  set callbackUrl(url: string) {
    this.callbacks.enter(url);
  }

  get callbackUrl(): string {
    return must(this.callbacks.servers[0], 'a callback server').url;
  }

  get settings() {
    return this.callbacks.settings;
  }

  async start(): Promise<string> {
    const address = await this.#server.start();
    this.longPoll.address = `${address}/poll/${this.#page.group}`;
    this.uploads.address = address;
    return address;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** The next calls of a method fail like this, one after another. */
  failNext(method: string, ...failures: Failure[]): void {
    this.#failures.set(method, [...(this.#failures.get(method) ?? []), ...failures]);
  }

  /** A resident writes under a post. Gives the comment; no callback is made of it. */
  comment(post: number, from: number, text: string, date = Math.floor(Date.now() / 1000) - 5): FakeComment {
    this.#lastComment += 1;
    const made = {
      id: this.#lastComment,
      from_id: from,
      date,
      text,
      owner_id: -this.#page.group,
      post_id: post,
    };
    this.comments.push(made);
    return made;
  }

  /** A comment as a callback carries it. */
  event(type: string, object: object, eventId: string, secret: string): string {
    return JSON.stringify({
      type,
      event_id: eventId,
      v: '5.199',
      group_id: this.#page.group,
      secret,
      object,
    });
  }

  async #upload(request: IncomingMessage, response: ServerResponse, bytes: Buffer): Promise<void> {
    const failure = this.#failures.get('upload')?.shift();
    const { status, answer } = await this.uploads.take(request.url ?? '', request, bytes);
    if (failure === 'cut') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'text/html' }).end(JSON.stringify(answer));
  }

  async #answer(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    if (this.isDown) return void request.socket.destroy();
    const url = new URL(request.url ?? '/', 'http://fake');
    if (request.method === 'GET' && url.pathname === `/poll/${this.#page.group}`)
      return this.longPoll.answer(url.searchParams, response);
    const method = /^\/method\/([\w.]+)$/.exec(url.pathname)?.[1];
    if (request.method !== 'POST' || method === undefined) return void response.writeHead(404).end();
    this.calls.push(method);
    const params = new URLSearchParams(body);
    const failure = this.#failures.get(method)?.shift();
    const answer = await this.#run(method, params, failure);
    this.exchanges.push({ method, params, answer });
    if (this.slowness > 0) await sleep(this.slowness);
    if (failure === 'cut') return void request.socket.destroy();
    response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(answer));
  }

  async #run(method: string, params: Params, failure: Failure | undefined): Promise<object> {
    try {
      if (typeof failure === 'number') throw new Refusal(failure);
      this.#checkCall(method, params);
      return { response: await this.#call(method, params) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { error: { error_code: error.code, error_msg: error.message, request_params: [] } };
    }
  }

  #checkCall(method: string, params: Params): void {
    const token = params.get('access_token') ?? '';
    const isCommunity = token === this.#page.communityToken;
    if (!isCommunity && token !== this.#page.readToken) throw new Refusal(5);
    if (params.get('v') === null) throw new Refusal(8);
    // wall.get and wall.getComments are not for community tokens (error 27), the others are not for a
    // service's (28).
    const isReading = method === 'wall.get' || method === 'wall.getComments';
    if (isReading === isCommunity) throw new Refusal(isCommunity ? 27 : 28);
    const limit = isCommunity ? 20 : 3;
    const now = Date.now();
    const turns = (this.#turns.get(token) ?? []).filter((at) => at > now - 1000);
    if (turns.length >= limit) throw new Refusal(6);
    this.#turns.set(token, [...turns, now]);
    const [wrong] = callViolations(method, params);
    if (wrong !== undefined)
      throw new Refusal(wrong.startsWith('no method') ? 3 : 100, `${method}: ${wrong}`);
  }

  #call(method: string, params: Params): unknown {
    switch (method) {
      case 'wall.createComment':
        return this.#createComment(params);
      case 'messages.send':
        return this.#sendMessage(params);
      case 'wall.get':
        return this.#posts(params);
      case 'wall.getComments':
        return this.#comments(params);
      case 'photos.getMessagesUploadServer':
      case 'photos.saveMessagesPhoto':
      case 'docs.getMessagesUploadServer':
      case 'docs.getWallUploadServer':
      case 'docs.save':
        return this.uploads.call(method, params);
      default:
        if (params.get('group_id') !== String(this.#page.group)) throw new Refusal(100);
        return this.longPoll.call(method, params) ?? this.callbacks.call(method, params);
    }
  }

  #own(params: Params): void {
    if (params.get('owner_id') !== String(-this.#page.group)) throw new Refusal(100);
  }

  #createComment(params: Params): object {
    this.#own(params);
    const [post, message, guid] = [params.get('post_id'), params.get('message') ?? '', params.get('guid')];
    if (!/^\d+$/.test(post ?? '') || message === '' || guid === null) throw new Refusal(100);
    const before = this.#guids.get(guid);
    if (before !== undefined) return { comment_id: before };
    const to = params.get('reply_to_comment');
    if (to !== null && !this.comments.some(({ id }) => String(id) === to)) throw new Refusal(100);
    const files = this.uploads.attached(params.get('attachments'), true);
    const made = this.comment(Number(post), -Number(params.get('from_group')), message);
    if (files.length > 0) this.attached.push({ text: message, files: files.map(({ bytes }) => bytes) });
    if (to !== null) made.reply_to_comment = Number(to);
    this.#guids.set(guid, made.id);
    return { comment_id: made.id };
  }

  #sendMessage(params: Params): number {
    const [peer, text, randomId] = [params.get('peer_id'), params.get('message'), params.get('random_id')];
    if (peer === null || text === null || !/^[1-9]\d{0,9}$/.test(randomId ?? '')) throw new Refusal(100);
    const again = this.sent.findIndex((message) => message.peer === peer && message.randomId === randomId);
    if (again >= 0) return again + 1;
    const files = this.uploads.attached(params.get('attachment'), false);
    if (files.length > 0) this.attached.push({ text, files: files.map(({ bytes }) => bytes) });
    return this.sent.push({ peer, text, randomId: must(randomId, 'a random_id') });
  }

  #posts(params: Params): object {
    this.#own(params);
    const ids = [...new Set(this.comments.map(({ post_id: post }) => post))].toSorted((a, b) => b - a);
    return { count: ids.length, items: ids.slice(0, Number(params.get('count'))).map((id) => ({ id })) };
  }

  #comments(params: Params): object {
    this.#own(params);
    const count = Number(params.get('count'));
    if (!(count >= 1 && count <= 100)) throw new Refusal(100);
    const offset = Number(params.get('offset') ?? 0);
    const found = this.comments
      .filter(({ post_id: post }) => String(post) === params.get('post_id'))
      .toSorted((a, b) => b.id - a.id);
    return { count: found.length, items: found.slice(offset, offset + count) };
  }
}
