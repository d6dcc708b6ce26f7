import { TelegramRefusal } from './telegram-refusal.ts';

/** An update as Telegram keeps it until it is confirmed. */
interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

/** Kinds that are sent only to those who name them. */
const UNASKED = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

const TERMINATED = 'terminated by other getUpdates request; make sure that only one bot instance is running';
const HOOKED =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

const PORTS = ['', '443', '80', '88', '8443'];

export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

/** Updates of one bot: told again until confirmed, to a webhook or to who asks, never to both. */
export class TelegramUpdates {
  webhook: Webhook | null = null;
  lastError: { at: number; message: string } | null = null;
  #pending: Update[] = [];
  #allowed: readonly string[] | null = null;
  #lastId = 900_000;
  #waiting: { end: (refusal: TelegramRefusal | null) => void } | null = null;

  /** Something happened. Gives the number it got, or null when nobody wants such updates. */
  add(kind: string, content: object): number | null {
    const isWanted = this.#allowed === null ? !UNASKED.has(kind) : this.#allowed.includes(kind);
    if (!isWanted) return null;
    this.#lastId += 1;
    this.#pending.push({ update_id: this.#lastId, [kind]: content });
    this.#waiting?.end(null);
    return this.#lastId;
  }

  get pending(): readonly Update[] {
    return this.#pending;
  }

  async get(params: URLSearchParams): Promise<readonly Update[]> {
    if (this.webhook !== null) throw new TelegramRefusal(409, `Conflict: ${HOOKED}`);
    this.#waiting?.end(new TelegramRefusal(409, `Conflict: ${TERMINATED}`));
    this.#allow(params);
    const offset = Number(params.get('offset') ?? 0);
    if (offset > 0) this.#pending = this.#pending.filter(({ update_id: id }) => id >= offset);
    const limit = Math.min(Number(params.get('limit') ?? 100), 100);
    const wait = Number(params.get('timeout') ?? 0) * 1000;
    if (this.#pending.length === 0 && wait > 0) await this.#wait(wait);
    return (offset < 0 ? this.#pending.slice(offset) : this.#pending).slice(0, limit);
  }

  setWebhook(params: URLSearchParams): true {
    const url = params.get('url') ?? '';
    if (url !== '') {
      const { protocol, port } = new URL(url);
      const bad = (why: string) => new TelegramRefusal(400, `Bad Request: bad webhook: ${why}`);
      if (protocol !== 'https:') throw bad('An HTTPS URL must be provided for webhook');
      if (!PORTS.includes(port)) throw bad('Webhook can be set up only on ports 80, 88, 443 or 8443');
    }
    const secret = params.get('secret_token') ?? '';
    if (!/^[\w-]{0,256}$/.test(secret))
      throw new TelegramRefusal(400, 'Bad Request: secret token contains unallowed characters');
    this.#waiting?.end(new TelegramRefusal(409, 'Conflict: terminated by setWebhook request'));
    this.#allow(params);
    this.webhook = url === '' ? null : { url, secret };
    this.lastError = null;
    return true;
  }

  deleteWebhook(params: URLSearchParams): true {
    this.webhook = null;
    if (params.get('drop_pending_updates') === 'true') this.#pending = [];
    return true;
  }

  /**
   * Calls the webhook with what is pending, in order; what is not answered with 2xx stays and holds up the
   * rest.
   */
  async deliver(call: (webhook: Webhook, body: string) => Promise<number>): Promise<void> {
    for (const update of this.#pending) {
      if (this.webhook === null) return;
      const status = await call(this.webhook, JSON.stringify(update));
      if (status < 200 || status > 299) {
        this.lastError = {
          at: Math.floor(Date.now() / 1000),
          message: `Wrong response from the webhook: ${status}`,
        };
        return;
      }
      this.#pending = this.#pending.filter((other) => other !== update);
    }
  }

  #allow(params: URLSearchParams): void {
    const allowed = params.get('allowed_updates');
    if (allowed === null) return;
    const kinds = JSON.parse(allowed) as string[];
    this.#allowed = kinds.length === 0 ? null : kinds;
  }

  async #wait(ms: number): Promise<void> {
    const refusal = await new Promise<TelegramRefusal | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), ms);
      this.#waiting = {
        end: (why) => {
          clearTimeout(timer);
          resolve(why);
        },
      };
    });
    this.#waiting = null;
    if (refusal !== null) throw refusal;
  }
}
