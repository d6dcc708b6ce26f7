import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { must } from '#shared/domain/must.ts';

/** A comment as VK keeps it. */
export interface FakeComment {
  id: number;
  from_id: number;
  date: number;
  text: string;
  owner_id: number;
  post_id: number;
  reply_to_comment?: number;
}

interface Page {
  readonly group: number;
  readonly communityToken: string;
  readonly readToken: string;
}

type Params = URLSearchParams;

/** What VK answers instead of a result; `cut` breaks the connection after the call was carried out. */
type Failure = number | 'cut';

class Refusal extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`error ${code}`);
    this.code = code;
  }
}

/**
 * VK's API for one community, strict where the real one is: tokens by method, known parameters only, the version, 20 and 3
 * calls a second (error 6), `guid` answered with the comment it made before. Errors come on order, by `failNext`.
 */
export class FakeVk {
  readonly comments: FakeComment[] = [];
  readonly sent: { peer: string; text: string; randomId: string }[] = [];
  readonly calls: string[] = [];
  readonly settings = {
    api_version: '5.199',
    events: Object.fromEntries(
      [
        'wall_reply_new',
        'wall_reply_edit',
        'wall_reply_delete',
        'wall_post_new',
        'message_new',
        'message_edit',
      ].map((name) => [name, 1]),
    ),
  };
  callbackUrl = '';
  readonly #page: Page;
  readonly #guids = new Map<string, number>();
  readonly #failures = new Map<string, Failure[]>();
  readonly #turns = new Map<string, number[]>();
  #lastComment = 100;
  #server: Server | null = null;

  constructor(page: Page) {
    this.#page = page;
  }

  async start(): Promise<string> {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const server = must(this.#server, 'a started fake');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
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

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const method = /^\/method\/([\w.]+)$/.exec(request.url ?? '')?.[1];
    if (request.method !== 'POST' || method === undefined) return void response.writeHead(404).end();
    this.calls.push(method);
    const failure = this.#failures.get(method)?.shift();
    const body = this.#run(method, new URLSearchParams(Buffer.concat(chunks).toString()), failure);
    if (failure === 'cut') return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  }

  #run(method: string, params: Params, failure: Failure | undefined): object {
    try {
      if (typeof failure === 'number') throw new Refusal(failure);
      this.#checkCall(method, params);
      return { response: this.#call(method, params) };
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
    // wall.get and wall.getComments are not for community tokens (error 27), the others are not for a service's (28).
    const isReading = method === 'wall.get' || method === 'wall.getComments';
    if (isReading === isCommunity) throw new Refusal(isCommunity ? 27 : 28);
    const limit = isCommunity ? 20 : 3;
    const now = Date.now();
    const turns = (this.#turns.get(token) ?? []).filter((at) => at > now - 1000);
    if (turns.length >= limit) throw new Refusal(6);
    this.#turns.set(token, [...turns, now]);
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
      case 'groups.getCallbackServers':
        return { count: 1, items: [{ id: 1, url: this.callbackUrl, status: 'ok' }] };
      case 'groups.getCallbackSettings':
        return this.settings;
      default:
        throw new Refusal(3);
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
    const made = this.comment(Number(post), -Number(params.get('from_group')), message);
    if (to !== null) made.reply_to_comment = Number(to);
    this.#guids.set(guid, made.id);
    return { comment_id: made.id };
  }

  #sendMessage(params: Params): number {
    const [peer, text, randomId] = [params.get('peer_id'), params.get('message'), params.get('random_id')];
    if (peer === null || text === null || !/^[1-9]\d{0,9}$/.test(randomId ?? '')) throw new Refusal(100);
    const again = this.sent.findIndex((one) => one.peer === peer && one.randomId === randomId);
    if (again >= 0) return again + 1;
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
