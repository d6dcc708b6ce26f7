import type { ServerResponse } from 'node:http';
import { Refusal } from './vk-refusal.ts';
import { switches, turn } from './vk-switches.ts';

const MAX_WAIT = 90;

/**
 * Bots Long Poll of a community: off until somebody turns it on, events by its own switches, a key that runs
 * out (`failed: 2`), a history that is forgotten (`failed: 1`), a server that loses both (`failed: 3`). What
 * was not fetched is given again.
 */
export class VkLongPoll {
  address = '';
  isEnabled = false;
  /** How many questions came. */
  questions = 0;
  readonly settings = { api_version: '5.199', events: switches() };
  readonly #group: number;
  readonly #updates: object[] = [];
  /** Numbers before this one are forgotten. */
  #oldest = 0;
  #key = 1;
  #isLost = false;
  #wake: (() => void)[] = [];

  constructor(group: number) {
    this.#group = group;
  }

  /** Something happened in the community; only what is switched on is told. */
  tell(type: string, object: object, eventId: string): void {
    if (!this.isEnabled || this.settings.events[type] !== 1) return;
    this.#updates.push({ type, object, group_id: this.#group, event_id: eventId, v: '5.199' });
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** The key runs out; with `losesAll` what was told and its numbers are gone too. */
  expire(losesAll = false): void {
    this.#key += 1;
    this.#isLost = losesAll;
    if (losesAll) this.forget();
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** Forgets the events told so far. */
  forget(): void {
    this.#oldest = this.#updates.length;
  }

  /** Answers the methods of Long Poll; undefined when it is none of them. Throws Refusal. */
  call(method: string, params: URLSearchParams): unknown {
    switch (method) {
      case 'groups.getLongPollServer':
        if (!this.isEnabled) throw new Refusal(100);
        this.#isLost = false;
        return { key: `key${this.#key}`, server: this.address, ts: String(this.#updates.length) };
      case 'groups.getLongPollSettings':
        return { is_enabled: this.isEnabled, ...this.settings };
      case 'groups.setLongPollSettings':
        this.isEnabled = params.get('enabled') === '1';
        turn(this.settings.events, params);
        return 1;
      default:
        return undefined;
    }
  }

  async answer(query: URLSearchParams, response: ServerResponse): Promise<void> {
    this.questions += 1;
    const [act, wait, ts] = [query.get('act'), Number(query.get('wait')), query.get('ts') ?? ''];
    if (act !== 'a_check' || !(wait >= 1 && wait <= MAX_WAIT) || !/^\d+$/.test(ts))
      return void response.writeHead(400).end();
    const from = Number(ts);
    if (this.#failure(query, from) === null && from === this.#updates.length)
      await this.#news(wait, response);
    const answer = this.#failure(query, from) ?? {
      ts: String(this.#updates.length),
      updates: this.#updates.slice(from),
    };
    response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(answer));
  }

  #failure(query: URLSearchParams, from: number): object | null {
    if (this.#isLost) return { failed: 3 };
    if (query.get('key') !== `key${this.#key}`) return { failed: 2 };
    if (from < this.#oldest || from > this.#updates.length)
      return { failed: 1, ts: String(this.#updates.length) };
    return null;
  }

  async #news(seconds: number, response: ServerResponse): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      const wake = (): void => (clearTimeout(timer), resolve());
      this.#wake.push(wake);
      response.on('close', wake);
    });
  }
}
