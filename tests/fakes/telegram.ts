import type { IncomingMessage, ServerResponse } from 'node:http';
import { must } from '#shared/domain/must.ts';
import { FakeServer } from './fake-server.ts';
import { readForm, type FormUpload } from './form-file.ts';
import { TelegramFiles } from './telegram-files.ts';
import { TelegramRefusal } from './telegram-refusal.ts';
import { TelegramUpdates } from './telegram-updates.ts';

interface FakeChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title?: string;
  readonly username?: string;
  readonly linked_chat_id?: number;
  /** How the bot stands in it. */
  bot: 'member' | 'administrator' | 'left' | 'kicked' | 'blocked';
  /** The supergroup it became. */
  movedTo?: number;
}

interface FakeMessage {
  readonly message_id: number;
  readonly date: number;
  readonly chat: object;
  readonly [member: string]: unknown;
}

/** `cut` breaks the connection after the call was carried out; `stall` takes the call and says nothing. */
type Failure = TelegramRefusal | 'cut' | 'stall';

/** A call as it came. */
interface BotCall {
  readonly method: string;
  readonly params: URLSearchParams;
  readonly files: readonly FormUpload[];
}

/** Limits of sending, by the kind of chat: so many within so many milliseconds. */
const LIMITS = {
  all: { count: 30, ms: 1000 },
  chat: { count: 1, ms: 1000 },
  group: { count: 20, ms: 60_000 },
};

/**
 * Telegram's Bot API for one bot, strict where the real one is: the token, updates told until their offset
 * confirms them, webhook or asking, replies to messages that exist, a message a second to a chat. Errors come
 * on order, by `failNext`.
 */
export class FakeTelegram {
  readonly updates = new TelegramUpdates();
  readonly files = new TelegramFiles();
  readonly sent: { chat: string; text: string; replyTo: string | null }[] = [];
  /** Messages that went out with files: the words, and how each file was sent. */
  readonly attached: { text: string; files: { type: string; name: string; bytes: Buffer }[] }[] = [];
  readonly calls: string[] = [];
  readsAll = false;
  /** False where a test's own clock runs hours within one second of the network. */
  isPaced = true;
  readonly #token: string;
  readonly #chats = new Map<string, FakeChat>();
  readonly #messages = new Set<string>();
  readonly #failures = new Map<string, Failure[]>();
  readonly #turns = new Map<string, number[]>();
  #lastMessage = 100;
  readonly #server = new FakeServer((request, response, body, bytes) =>
    this.#answer(request, response, body, bytes),
  );

  constructor(token: string) {
    this.#token = token;
  }

  start(port = 0): Promise<string> {
    return this.#server.start({ port });
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** The next calls of a method fail like this, one after another. */
  failNext(method: string, ...failures: Failure[]): void {
    this.#failures.set(method, [...(this.#failures.get(method) ?? []), ...failures]);
  }

  addChat(chat: FakeChat): FakeChat {
    this.#chats.set(String(chat.id), chat);
    if (chat.username !== undefined) this.#chats.set(`@${chat.username}`, chat);
    return chat;
  }

  /** A message lands in a chat. What is not given is made up; an update tells of it if the bot may know. */
  say(chat: FakeChat, members: Readonly<Record<string, unknown>>, kind = 'message'): FakeMessage {
    this.#lastMessage += 1;
    const { id, type, title, username } = chat;
    const message = {
      message_id: this.#lastMessage,
      date: Math.floor(Date.now() / 1000) - 5,
      chat: { id, type, title, username },
      ...members,
    };
    this.#messages.add(`${chat.id}_${message.message_id}`);
    this.updates.add(kind, message);
    return message;
  }

  /** The author deletes his message: the bot is not told. */
  forget(chat: FakeChat, message: FakeMessage): void {
    this.#messages.delete(`${chat.id}_${message.message_id}`);
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    text: string,
    bytes: Buffer,
  ): Promise<void> {
    if (request.url?.startsWith('/file/') === true) return this.#giveFile(request, response);
    const [, token = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    this.calls.push(method);
    const failure = this.#failures.get(method)?.shift();
    if (failure === 'stall') return;
    const isForm = request.headers['content-type']?.startsWith('multipart/form-data') === true;
    const { fields, files } = isForm
      ? await readForm(request, bytes)
      : { fields: paramsOf(request, text), files: [] };
    const body = await this.#run(token, { method, params: fields, files }, failure);
    if (failure === 'cut') return void request.socket.destroy();
    const status = 'error_code' in body ? body.error_code : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  /** The address of a file holds the token; nothing but GET is answered there. */
  #giveFile({ url = '', method }: IncomingMessage, response: ServerResponse): void {
    const [, token, path = ''] = /^\/file\/bot([^/]+)\/([\w./-]+)$/.exec(url) ?? [];
    this.calls.push('file');
    const failure = this.#failures.get('file')?.shift();
    if (failure === 'stall') return;
    const isAllowed = token === this.#token && method === 'GET' && failure === undefined;
    const bytes = isAllowed ? this.files.download(path) : null;
    if (bytes !== null) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
    else response.writeHead(failure === 'cut' ? 502 : 404).end();
  }

  async #run(token: string, call: BotCall, failure: Failure | undefined) {
    try {
      if (token !== this.#token) throw new TelegramRefusal(401, 'Unauthorized');
      if (failure instanceof TelegramRefusal) throw failure;
      return { ok: true, result: await this.#call(call) };
    } catch (error) {
      if (!(error instanceof TelegramRefusal)) throw error;
      const { code, message, parameters } = error;
      return { ok: false, error_code: code, description: message, parameters };
    }
  }

  #call({ method, params, files }: BotCall): unknown {
    switch (method) {
      case 'getMe':
        return this.#me();
      case 'getUpdates':
        return this.updates.get(params);
      case 'setWebhook':
        return this.updates.setWebhook(params);
      case 'deleteWebhook':
        return this.updates.deleteWebhook(params);
      case 'getWebhookInfo':
        return this.#webhookInfo();
      case 'getChat':
        return this.#getChat(params);
      case 'getChatMember':
        return this.#member(params);
      case 'getFile':
        return this.files.getFile(params);
      case 'sendMessage':
        return this.#sendMessage(params);
      case 'sendPhoto':
      case 'sendDocument':
        return this.#sendFile(method === 'sendPhoto' ? 'photo' : 'document', params, files);
      case 'sendMediaGroup':
        return this.#sendAlbum(params, files);
      default:
        throw new TelegramRefusal(404, 'Not Found: method not found');
    }
  }

  #me(): object {
    const id = Number(this.#token.split(':', 1)[0]);
    return {
      id,
      is_bot: true,
      first_name: 'Пульт',
      username: 'pult_test_bot',
      can_join_groups: true,
      can_read_all_group_messages: this.readsAll,
      supports_inline_queries: false,
    };
  }

  #webhookInfo(): object {
    const { webhook, lastError, pending } = this.updates;
    const error =
      lastError === null ? {} : { last_error_date: lastError.at, last_error_message: lastError.message };
    return {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: pending.length,
      ...error,
    };
  }

  /** The chat a call speaks of, if the bot may use it. */
  #chat(params: URLSearchParams): FakeChat {
    const chat = this.#chats.get(params.get('chat_id') ?? '');
    if (chat === undefined) throw new TelegramRefusal(400, 'Bad Request: chat not found');
    if (chat.movedTo !== undefined)
      throw new TelegramRefusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: chat.movedTo,
      });
    if (chat.bot === 'blocked') throw new TelegramRefusal(403, 'Forbidden: bot was blocked by the user');
    return chat;
  }

  #getChat(params: URLSearchParams): object {
    const { bot: _bot, ...chat } = this.#chat(params);
    return chat;
  }

  #member(params: URLSearchParams): object {
    return { status: this.#chat(params).bot, user: this.#me() };
  }

  #checkPace(chat: FakeChat): void {
    if (!this.isPaced) return;
    const isGroup = chat.type !== 'private';
    for (const [name, { count, ms }] of [
      ['all', LIMITS.all],
      [`chat ${chat.id}`, LIMITS.chat],
      ...(isGroup ? ([[`group ${chat.id}`, LIMITS.group]] as const) : []),
    ] as const) {
      const now = Date.now();
      const turns = (this.#turns.get(name) ?? []).filter((at) => at > now - ms);
      if (turns.length >= count) throw TelegramRefusal.tooMany(Math.ceil(ms / 1000));
      this.#turns.set(name, [...turns, now]);
    }
  }

  #sendMessage(params: URLSearchParams): object {
    const chat = this.#chat(params);
    const text = params.get('text') ?? '';
    if (text.trim() === '') throw new TelegramRefusal(400, 'Bad Request: message text is empty');
    if (text.length > 4096) throw new TelegramRefusal(400, 'Bad Request: message is too long');
    if (chat.bot === 'left' || chat.bot === 'kicked') {
      const how = chat.bot === 'kicked' ? 'bot was kicked from' : 'bot is not a member of';
      throw new TelegramRefusal(403, `Forbidden: ${how} the ${chat.type} chat`);
    }
    return this.#publish(chat, text, params);
  }

  /** A file with a caption; as a photo only what Telegram shows as one. */
  #sendFile(type: 'photo' | 'document', params: URLSearchParams, files: readonly FormUpload[]): object {
    const [file] = files;
    if (files.length !== 1 || file?.field !== type)
      throw new TelegramRefusal(400, `Bad Request: there is no ${type} in the request`);
    const text = this.#caption(params.get('caption'));
    this.#checkFile(type, file);
    const message = this.#publish(this.#chat(params), text, params);
    this.attached.push({ text, files: [{ type, name: file.name, bytes: file.bytes }] });
    return message;
  }

  /** Two to ten files of one kind; the answer is a message for each. */
  #sendAlbum(params: URLSearchParams, files: readonly FormUpload[]): object[] {
    const media = JSON.parse(params.get('media') ?? '[]') as {
      type: string;
      media: string;
      caption?: string;
    }[];
    if (media.length < 2 || media.length > 10)
      throw new TelegramRefusal(400, 'Bad Request: wrong number of items');
    if (new Set(media.map(({ type }) => type)).size > 1)
      throw new TelegramRefusal(400, "Bad Request: document can't be mixed with other media types");
    const sent = media.map(({ type, media: name }) => {
      const file = files.find(({ field }) => `attach://${field}` === name);
      if (file === undefined) throw new TelegramRefusal(400, 'Bad Request: wrong file identifier');
      this.#checkFile(type, file);
      return { type, name: file.name, bytes: file.bytes };
    });
    const text = media.map(({ caption }) => this.#caption(caption ?? null)).join('');
    const message = this.#publish(this.#chat(params), text, params);
    this.attached.push({ text, files: sent });
    return media.map(() => message);
  }

  #caption(caption: string | null): string {
    if ((caption ?? '').length > 1024)
      throw new TelegramRefusal(400, 'Bad Request: message caption is too long');
    return caption ?? '';
  }

  #checkFile(type: string, { bytes, type: kind }: FormUpload): void {
    if (type !== 'photo') return;
    const isTooLarge = bytes.length > 10 * 1024 ** 2;
    if (isTooLarge || !['image/jpeg', 'image/png'].includes(kind))
      throw new TelegramRefusal(400, 'Bad Request: IMAGE_PROCESS_FAILED');
  }

  #publish(chat: FakeChat, text: string, params: URLSearchParams): object {
    const replyTo = this.#repliedTo(chat, params);
    this.#checkPace(chat);
    this.sent.push({ chat: String(chat.id), text, replyTo });
    this.#lastMessage += 1;
    this.#messages.add(`${chat.id}_${this.#lastMessage}`);
    const { id, type, title, username } = chat;
    const date = Math.floor(Date.now() / 1000);
    return {
      message_id: this.#lastMessage,
      date,
      chat: { id, type, title, username },
      from: this.#me(),
      text,
    };
  }

  /** The message a reply hangs on, by its digits: JSON would round them. */
  #repliedTo(chat: FakeChat, params: URLSearchParams): string | null {
    const said = params.get('reply_parameters');
    if (said === null) return null;
    const reply = JSON.parse(said) as { message_id?: unknown; allow_sending_without_reply?: boolean };
    if (typeof reply.message_id !== 'number')
      throw new TelegramRefusal(400, "Bad Request: can't parse reply parameters");
    const id = must(/"message_id":\s*(\d+)/.exec(said)?.[1], 'digits');
    if (this.#messages.has(`${chat.id}_${id}`)) return id;
    if (reply.allow_sending_without_reply === true) return null;
    throw new TelegramRefusal(400, 'Bad Request: message to be replied not found');
  }
}

/** Telegram takes forms and JSON alike; nested values of a form are JSON. */
function paramsOf(request: IncomingMessage, body: string): URLSearchParams {
  if (request.headers['content-type']?.startsWith('application/json') !== true)
    return new URLSearchParams(body);
  const values = Object.entries(JSON.parse(body || '{}') as Record<string, unknown>);
  return new URLSearchParams(
    values.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
