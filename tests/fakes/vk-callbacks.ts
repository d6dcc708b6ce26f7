import { Refusal } from './vk-refusal.ts';
import { switches, turn } from './vk-switches.ts';

/** Calls an address and gives what it said. */
export type Dial = (url: string, body: string) => Promise<{ readonly status: number; readonly text: string }>;

interface CallbackServer {
  readonly id: number;
  readonly creator_id: number;
  url: string;
  title: string;
  secret_key: string;
  status: 'unconfigured' | 'failed' | 'wait' | 'ok';
}

const MAX_SERVERS = 10;

const overHttp: Dial = async (url, body) => {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return { status: answer.status, text: await answer.text() };
};

/**
 * A community's callback servers, ten at most; each one added or changed must say the confirmation string
 * when it is called.
 */
export class VkCallbacks {
  readonly servers: CallbackServer[] = [];
  readonly settings = {
    api_version: '5.199',
    events: switches(
      'wall_reply_new',
      'wall_reply_edit',
      'wall_reply_delete',
      'wall_post_new',
      'message_new',
      'message_edit',
    ),
  };
  readonly #group: number;
  /** The word a server must answer when it is called to confirm itself. VK changes it from time to time. */
  confirmation: string;
  readonly #dial: Dial;

  constructor(group: number, confirmation: string, dial: Dial = overHttp) {
    this.#group = group;
    this.confirmation = confirmation;
    this.#dial = dial;
  }

  /** A person has entered and confirmed this address as the only one; empty: has removed all. */
  enter(url: string): void {
    this.servers.length = 0;
    if (url !== '')
      this.servers.push({ id: 1, creator_id: 1, url, title: 'Пульт', secret_key: 'secret', status: 'ok' });
  }

  /** Answers the methods of callback servers. Throws Refusal. */
  async call(method: string, params: URLSearchParams): Promise<unknown> {
    switch (method) {
      case 'groups.getCallbackServers':
        return { count: this.servers.length, items: this.servers };
      case 'groups.getCallbackConfirmationCode':
        return { code: this.confirmation };
      case 'groups.getCallbackSettings':
        this.#server(params);
        return this.settings;
      case 'groups.setCallbackSettings':
        this.#server(params);
        this.settings.api_version = params.get('api_version') ?? this.settings.api_version;
        turn(this.settings.events, params);
        return 1;
      case 'groups.addCallbackServer':
        return { server_id: await this.#add(params) };
      case 'groups.editCallbackServer':
        await this.#place(this.#server(params), params);
        return 1;
      default:
        throw new Refusal(3);
    }
  }

  #server(params: URLSearchParams): CallbackServer {
    const server = this.servers.find(({ id }) => String(id) === params.get('server_id'));
    if (server === undefined) throw new Refusal(104);
    return server;
  }

  async #add(params: URLSearchParams): Promise<number> {
    if (this.servers.length >= MAX_SERVERS) throw new Refusal(2000);
    const id = Math.max(0, ...this.servers.map((server) => server.id)) + 1;
    const server: CallbackServer = { id, creator_id: 1, url: '', title: '', secret_key: '', status: 'wait' };
    this.servers.push(server);
    await this.#place(server, params);
    return id;
  }

  async #place(server: CallbackServer, params: URLSearchParams): Promise<void> {
    server.url = params.get('url') ?? '';
    server.title = params.get('title') ?? '';
    server.secret_key = params.get('secret_key') ?? '';
    const question = JSON.stringify({ type: 'confirmation', group_id: this.#group });
    const said = await this.#dial(server.url, question).catch(() => ({ status: 0, text: '' }));
    server.status = said.status === 200 && said.text === this.confirmation ? 'ok' : 'failed';
  }
}
