import type { Instant } from '#shared/domain/instant.ts';
import type { PushRequest, PushResponse } from '#shared/protocol/envelope.ts';
import { answered, failed, type Answer } from '#renderer/data/sync/failure.ts';
import { mayBeItsFault } from '#renderer/data/sync/push-trouble.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';

/**
 * Faults of the next exchange. `late_answer`: the API acts at once, the console learns of it much
 * later. `late_request`: the console gives up, and the request still arrives afterwards. `overtaken`: the
 * halves of a push change places. `torn`: an answer in bytes is cut short. `busy`: the API asks to be left
 * alone for a while. `forgotten`: the API no longer knows the way from the cursor. `logged_out`: the token is
 * over.
 */
export const FAULTS = [
  'none',
  'lost_request',
  'lost_answer',
  'twice',
  'late_answer',
  'late_request',
  'overtaken',
  'torn',
  'busy',
  'forgotten',
  'logged_out',
] as const;
export type Fault = (typeof FAULTS)[number];

const BUSY_MS = 20_000;
/** Exchanges without a rest that no history needs: who has more goes round for ever. */
const ENDLESS = 1000;
const LOST = failed({ kind: 'network', message: 'lost' });
type Bytes = Uint8Array<ArrayBuffer>;

/** How one kind of request can go wrong in a way of its own. */
interface Ways<T> {
  readonly overtaken?: () => Promise<Answer<T>>;
  readonly torn?: (value: T) => T;
  readonly canBeForgotten?: boolean;
}

/** Told of every exchange: its kind and its fault. */
type OnExchange = (kind: string, fault: Fault | 'down') => void;

/** The line between one life of a console and the API, spoiled as a history says, and watched. */
export class FaultyTransport {
  readonly #real: Transport;
  readonly #now: () => Instant;
  readonly #onExchange: OnExchange;
  /** For the next exchanges, in their order. */
  faults: Fault[] = [];
  isDown = false;
  /** Answers that are on their way: calling one delivers it. */
  readonly lateAnswers: (() => void)[] = [];
  /** Requests that are on their way. */
  readonly lateRequests: (() => Promise<unknown>)[] = [];
  /** Requests that were sent though the session was to wait, or to greet first. */
  readonly breaches: string[] = [];
  #underWay = 0;
  /** Exchanges since nothing went on. */
  #busyFor = 0;
  /** A page was answered, and its digest is being computed, which no queue of promises tells. */
  #isRead = false;
  #rest: { readonly until: Instant } | null = null;
  /** Nothing is to be sent before; all else goes on. */
  #pushRest: { readonly since: Instant; readonly until: Instant } | null = null;
  #mustGreet = true;
  #isAsked = false;
  #stream: { readonly poke: () => void; readonly end: () => void } | null = null;
  readonly #waiting: (() => void)[] = [];

  constructor(real: Transport, now: () => Instant, onExchange: OnExchange = () => undefined) {
    this.#real = real;
    this.#now = now;
    this.#onExchange = onExchange;
  }

  /** True while something goes on that ends by itself. */
  get isBusy(): boolean {
    return this.#underWay > 0 || this.#isRead;
  }

  /** Resolves when something ends of what makes the line busy. */
  async nextEnd(): Promise<void> {
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }

  #tellEnd(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** The console did something with what it read. */
  noteLife(): void {
    this.#isRead = false;
    this.#tellEnd();
  }

  /** The time of a pause is over. */
  endPause(): void {
    if (this.#rest !== null && this.#now() >= this.#rest.until) this.#rest = null;
  }

  /** Somebody asks: a pause is over, and a request under way that fails is followed by no pause. */
  ask(): void {
    this.#rest = null;
    this.#pushRest = null;
    this.#isAsked = this.lateAnswers.length > 0;
  }

  /** Nothing goes on any more. */
  noteRest(): void {
    this.#busyFor = 0;
    this.#isAsked &&= this.lateAnswers.length > 0;
  }

  poke(): void {
    this.#stream?.poke();
  }

  cut(): void {
    this.#stream?.end();
  }

  asTransport(): Transport {
    const real = this.#real;
    const torn = (bytes: Bytes): Bytes => bytes.slice(0, -10);
    return {
      hello: (request) => this.#exchange('hello', () => real.hello(request)),
      known: (ids) => this.#exchange('known', () => real.known(ids)),
      digest: () => this.#exchange('digest', () => real.digest()),
      snapshot: (ask) =>
        this.#exchange('snapshot', () => real.snapshot(ask), { torn }).then((page) => this.#read(page)),
      bucket: (bucket, after, bytes) =>
        this.#exchange('bucket', () => real.bucket(bucket, after, bytes), { torn }).then((page) =>
          this.#read(page),
        ),
      changes: (query) => this.#exchange('changes', () => real.changes(query), { canBeForgotten: true }),
      push: (request) =>
        this.#exchange(
          'push',
          () => real.push(structuredClone(request)),
          request.commands.length > 1 ? { overtaken: () => this.#inHalves(request) } : {},
        ),
      stream: (onPoke, signal) => this.#follow(onPoke, signal),
    };
  }

  /** Time has to pass after a push that failed; while the round goes on, no timer says so. */
  #isPushResting(): boolean {
    const now = this.#now();
    return this.#pushRest !== null && (now === this.#pushRest.since || now < this.#pushRest.until);
  }

  #read(page: Answer<Bytes>): Answer<Bytes> {
    this.#isRead = page.ok;
    return page;
  }

  #follow(onPoke: () => void, signal: AbortSignal): Promise<Answer<null>> {
    if (this.isDown || signal.aborted) return Promise.resolve(LOST);
    return new Promise((resolve) => {
      const end = (): void => {
        this.#stream = null;
        resolve(LOST);
      };
      this.#stream = { poke: onPoke, end };
      signal.addEventListener('abort', end, { once: true });
      onPoke();
    });
  }

  async #inHalves(request: PushRequest): Promise<Answer<PushResponse>> {
    const middle = Math.floor(request.commands.length / 2);
    const [first, second] = [request.commands.slice(0, middle), request.commands.slice(middle)];
    await this.#real.push({ ...request, commands: second });
    return this.#real.push({ ...request, commands: first });
  }

  async #exchange<T>(kind: string, send: () => Promise<Answer<T>>, ways: Ways<T> = {}): Promise<Answer<T>> {
    this.noteLife();
    if (this.#rest !== null || (kind === 'push' && this.#isPushResting()))
      return this.#refuse(`${kind} without a pause after a failure`);
    if (this.#mustGreet && kind !== 'hello') return this.#refuse(`${kind} without a greeting`);
    this.#busyFor += 1;
    if (this.#busyFor > ENDLESS) return this.#refuse(`${kind} after ${kind} without an end`);
    this.#mustGreet = false;
    // What a greeting offers again is sent at once.
    if (kind === 'hello') this.#pushRest = null;
    this.#underWay += 1;
    const [wasDown, fault] = [this.isDown, this.#nextFault(ways)];
    const answer = await this.#spoil(send, ways, fault).catch((error: unknown) => this.#thrown(kind, error));
    this.#onExchange(kind, wasDown ? 'down' : fault);
    this.#underWay -= 1;
    this.#tellEnd();
    if (!answer.ok) this.#noteFailure(kind, answer.failure);
    return answer;
  }

  /** Takes the next fault that such a request can suffer; faults of other requests wait for theirs. */
  #nextFault<T>({ overtaken, torn, canBeForgotten }: Ways<T>): Fault {
    if (this.isDown) return 'lost_request';
    const isPossible = (fault: Fault): boolean =>
      (fault !== 'overtaken' || overtaken !== undefined) &&
      (fault !== 'torn' || torn !== undefined) &&
      (fault !== 'forgotten' || canBeForgotten === true);
    const index = this.faults.findIndex(isPossible);
    return index === -1 ? 'none' : (this.faults.splice(index, 1)[0] ?? 'none');
  }

  /** A breach ends the life of the console, so that one that never waits does not go round for ever. */
  #refuse(breach: string): Promise<never> {
    this.breaches.push(breach);
    return new Promise(() => undefined);
  }

  /** The API's routes make an answer of whatever is thrown, so nobody waits for ever; yet nothing may be. */
  #thrown(kind: string, error: unknown): Answer<never> {
    this.breaches.push(`${kind}: the API threw ${String(error)}`);
    return failed({ kind: 'busy', status: 500, afterMs: null });
  }

  #noteFailure(kind: string, failure: Extract<Answer<never>, { readonly ok: false }>['failure']): void {
    if (failure.kind === 'gap' || failure.kind === 'unreadable') return;
    const askedMs = failure.kind === 'busy' ? (failure.afterMs ?? 0) : 0;
    if (kind === 'push' && mayBeItsFault(failure)) {
      if (!this.#isAsked) this.#pushRest = { since: this.#now(), until: this.#now() + askedMs };
      return;
    }
    this.#mustGreet = true;
    if ((failure.kind === 'resync' && kind !== 'hello') || this.#isAsked) return;
    this.#rest = { until: this.#now() + askedMs };
  }

  async #spoil<T>(send: () => Promise<Answer<T>>, ways: Ways<T>, fault: Fault): Promise<Answer<T>> {
    switch (fault) {
      case 'none':
        return send();
      case 'lost_request':
        return LOST;
      case 'lost_answer':
        await send();
        return LOST;
      case 'twice':
        await send();
        return send();
      case 'overtaken':
        return (ways.overtaken ?? send)();
      case 'torn': {
        const answer = await send();
        return answer.ok && ways.torn !== undefined ? answered(ways.torn(answer.value)) : answer;
      }
      case 'busy':
        return failed({ kind: 'busy', status: 503, afterMs: BUSY_MS });
      case 'forgotten':
        return failed({ kind: 'resync' });
      case 'logged_out':
        return failed({ kind: 'unauthenticated' });
      case 'late_request':
        this.lateRequests.push(send);
        return LOST;
      case 'late_answer':
        return this.#hold(await send());
      default:
        return fault satisfies never;
    }
  }

  /** Nothing goes on while an answer is under way: the console waits for it. */
  #hold<T>(answer: Answer<T>): Promise<Answer<T>> {
    this.#underWay -= 1;
    this.#tellEnd();
    return new Promise((resolve) => {
      this.lateAnswers.push(() => {
        this.#underWay += 1;
        resolve(answer);
      });
    });
  }
}
