import { v7 as uuidv7 } from 'uuid';
import type { ArgsOf, IncidentCommandName } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { commandKey } from '#shared/protocol/command-versions.ts';
import { pushResponseSchema, type Envelope, type PushResponse } from '#shared/protocol/envelope.ts';
import { apiErrorSchema, type ApiErrorKind } from '#shared/protocol/errors.ts';
import { loginResponseSchema, type LoginResponse } from '#shared/protocol/session.ts';
import {
  changesResponseSchema,
  helloResponseSchema,
  type ChangesResponse,
  type HelloResponse,
} from '#shared/protocol/sync.ts';
import type { DemoAccount } from './server.ts';
import { PATIENCE_MS } from './until.ts';

/** An answer of the API with an error of the catalogue. */
export class ApiRefused extends Error {
  readonly status: number;
  readonly kind: ApiErrorKind;

  constructor(status: number, kind: ApiErrorKind, message: string) {
    super(`${status} ${kind}: ${message}`);
    this.status = status;
    this.kind = kind;
  }
}

/** A program that talks to the API over HTTP as one account, numbering its commands as a console does. */
export class ApiClient {
  url: string;
  readonly session: LoginResponse;
  readonly clientId = uuidv7();
  seq = 0;

  constructor(url: string, session: LoginResponse) {
    this.url = url;
    this.session = session;
  }

  /** Logs in and gives a client. */
  static async logIn(url: string, { login, password }: DemoAccount): Promise<ApiClient> {
    const response = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password, token: true }),
    });
    if (!response.ok) throw new Error(`login of ${login}: ${response.status} ${await response.text()}`);
    return new ApiClient(url, loginResponseSchema.parse(await response.json()));
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${must(this.session.token, 'a token was asked for')}` };
  }

  /** Asks for a path below /api/v1; throws `ApiRefused` on an error of the catalogue. */
  async ask(path: string, body?: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<Response> {
    const posted =
      body === undefined
        ? { headers: this.headers }
        : {
            method,
            headers: { ...this.headers, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          };
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      ...posted,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return response;
    const { error } = apiErrorSchema.parse(await response.json());
    throw new ApiRefused(response.status, error.kind, error.message);
  }

  /** Sets a password of one's own in place of the one that was given. */
  async setPassword(current: string, password: string): Promise<void> {
    await this.ask('session/password', { current, password }, 'PUT');
  }

  /** The next command of this client, not sent yet. */
  envelope<N extends IncidentCommandName>(incident: string, name: N, args: ArgsOf<N>): Envelope {
    this.seq += 1;
    const { id: actor } = this.session.account;
    return {
      id: uuidv7(),
      seq: this.seq,
      actor,
      incident,
      name: commandKey(name),
      args,
      at: Date.now(),
      baseVersion: 0,
    };
  }

  async push(commands: readonly Envelope[]): Promise<PushResponse> {
    const body = { protocol: 1, clientId: this.clientId, commands };
    return pushResponseSchema.parse(await (await this.ask('sync/push', body)).json());
  }

  /** A message only this test knows of, waiting among the new ones; gives its id and number. */
  async newMessage(text: string): Promise<{ readonly id: string; readonly number: number }> {
    const id = uuidv7();
    await this.push([this.envelope(id, 'register', registerArgs(text))]);
    return { id, number: must((await this.incidents()).get(id)?.number ?? null, 'a number') };
  }

  async hello(): Promise<HelloResponse> {
    const body = { protocols: [1], appVersion: 'test', clientId: this.clientId };
    return helloResponseSchema.parse(await (await this.ask('sync/hello', body)).json());
  }

  /** The whole feed after a revision, page by page as a console reads it. */
  async changesAfter(after: number, clientId: string = this.clientId): Promise<readonly ChangesResponse[]> {
    const { epoch, scopeHash: scope } = await this.hello();
    const pages: ChangesResponse[] = [];
    for (let cursor = after; ;) {
      const query = new URLSearchParams({ after: String(cursor), clientId, epoch, scope, limit: '500' });
      const page = changesResponseSchema.parse(
        await (await this.ask(`sync/changes?${query.toString()}`)).json(),
      );
      pages.push(page);
      if (!page.more) return pages;
      cursor = page.to;
    }
  }

  /** Every incident this account sees, by the feed from its beginning. */
  async incidents(): Promise<ReadonlyMap<string, Incident>> {
    const rows = new Map<string, Incident>();
    for (const page of await this.changesAfter(0)) {
      for (const change of page.changes) {
        if (change.op === 'put' && change.entity === 'incident') rows.set(change.id, change.row);
      }
    }
    return rows;
  }
}

/** Arguments of a message as a channel brings it. */
export function registerArgs(text: string, author = 'Проверка Проверкин'): ArgsOf<'register'> {
  return {
    region: 'eao',
    createdAt: Date.now() - 60_000,
    text,
    source: {
      network: 'vk',
      kind: 'comment',
      url: 'https://vk.com/wall-1_1',
      placeUrl: '',
      audience: null,
      engagement: null,
      hasMedia: false,
    },
    author: { name: author, url: '' },
  };
}
