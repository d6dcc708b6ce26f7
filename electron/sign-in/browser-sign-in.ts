import { createHash, randomBytes } from 'node:crypto';
import { apiErrorSchema } from '#shared/protocol/errors.ts';
import type { BrowserSignInBegun, BrowserSignInEnd } from '#shared/protocol/ipc.ts';
import {
  SHELL_SESSION_PATH,
  SHELL_SIGN_IN_PATH,
  shellStartedSchema,
  type ShellWait,
} from '#shared/protocol/shell-sign-in.ts';
import type { Forward } from '#electron/api/forward.ts';
import { APP_HOME } from '#electron/app/app-address.ts';
import type { Log } from '#electron/app/log.ts';
import { openLoopback, type Loopback } from './loopback.ts';
import { ownDoor } from './own-door.ts';

/** The centre itself waits no longer for somebody at the provider's page. */
const PATIENCE_MS = 15 * 60_000;

/** The centre asks the provider a few times over before it answers, ten seconds each at most. */
const ANSWER_MS = 60_000;

type Refusal = Exclude<BrowserSignInEnd, { readonly kind: 'in' }>;

interface BrowserSignInParts {
  /** Carries a request to the centre; the token of its answer stays with it. */
  readonly forward: Forward;
  readonly addresses: () => readonly string[];
  readonly open: (address: string) => Promise<void>;
  readonly language: () => 'ru' | 'en';
  /** The page that the browser shows in the end. */
  readonly page: (language: 'ru' | 'en') => string;
  readonly log: Log;
  readonly patienceMs?: number;
  /** One answer of the centre is waited for so long at most. */
  readonly answerMs?: number;
}

/** A sign-in in the person's own browser that has begun. */
interface Begun {
  readonly region: string;
  readonly verifier: string;
  readonly loopback: Loopback;
  readonly late: ReturnType<typeof setTimeout>;
  /** Set once by whatever ends it before its browser does. */
  ended: 'cancelled' | 'late' | null;
}

const newSecret = (): string => randomBytes(32).toString('base64url');

async function refusalOf(response: Response): Promise<Refusal> {
  const error = apiErrorSchema.safeParse(await response.json().catch(() => null));
  // A broken line, or a proxy's own page: the centre was not reached.
  if (!error.success) return { kind: 'unreachable' };
  const seconds = Number(response.headers.get('retry-after'));
  const retryAfterSeconds = Number.isInteger(seconds) && seconds > 0 ? seconds : null;
  return { kind: 'refused', error: error.data.error.kind, retryAfterSeconds };
}

/**
 * Sign-in by a provider for the shell: the person's own browser goes the way, and hands a code to this
 * machine's loopback address, which is worth nothing without the verifier that never leaves this process. One
 * at a time; a newer one ends the one before. See docs/decisions/056-sign-in-in-the-shell.md.
 */
export class BrowserSignIn {
  readonly #parts: BrowserSignInParts;
  #begun: Begun | null = null;

  constructor(parts: BrowserSignInParts) {
    this.#parts = parts;
  }

  /** Opens the browser; `end` tells what came of it. */
  async begin(region: string): Promise<BrowserSignInBegun> {
    this.cancel();
    const { language, page, patienceMs = PATIENCE_MS } = this.#parts;
    const [verifier, path, state] = [newSecret(), newSecret(), newSecret()];
    const loopback = await openLoopback({ path, state, page: page(language()) });
    const late = setTimeout(() => this.#close(begun, 'late'), patienceMs);
    const begun: Begun = { region, verifier, loopback, late, ended: null };
    this.#begun = begun;
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const wait = { challenge, port: loopback.port, path, state, language: language() };
    const opened = await this.#openDoor(begun, wait).catch((error: unknown) => {
      this.#parts.log.error('the browser was not opened', error);
      return { kind: 'no_browser' } as const;
    });
    if (opened.kind !== 'begun') this.#close(begun, 'cancelled');
    return opened;
  }

  /** Waits for the end of what has begun; `cancelled` where nothing has. */
  async end(): Promise<BrowserSignInEnd> {
    const begun = this.#begun;
    if (begun === null) return { kind: 'cancelled' };
    const handed = await begun.loopback.handed;
    if (handed === null || this.#begun !== begun) return { kind: begun.ended ?? 'cancelled' };
    this.#close(begun, 'cancelled');
    if ('refusal' in handed) return { kind: 'refused', error: handed.refusal, retryAfterSeconds: null };
    const { region, verifier } = begun;
    const answer = await this.#post(SHELL_SESSION_PATH, { region, code: handed.code, verifier });
    return answer.ok ? { kind: 'in' } : refusalOf(answer);
  }

  /** Ends what has begun: its address is closed before this returns. */
  cancel(): void {
    if (this.#begun !== null) this.#close(this.#begun, 'cancelled');
  }

  #close(begun: Begun, why: 'cancelled' | 'late'): void {
    clearTimeout(begun.late);
    begun.ended ??= why;
    begun.loopback.close();
    if (this.#begun === begun) this.#begun = null;
  }

  async #openDoor(begun: Begun, wait: ShellWait): Promise<BrowserSignInBegun> {
    const answer = await this.#post(SHELL_SIGN_IN_PATH, { region: begun.region, ...wait });
    if (!answer.ok) return refusalOf(answer);
    const started = shellStartedSchema.safeParse(await answer.json().catch(() => null));
    if (!started.success) return { kind: 'unreachable' };
    const { url, mark } = started.data;
    const door = ownDoor(url, this.#parts.addresses());
    if (door.kind !== 'ours') return { kind: door.kind };
    // Meanwhile the person may have turned round, or begun anew.
    if (begun.ended !== null) return { kind: 'cancelled' };
    await this.#parts.open(door.href);
    return { kind: 'begun', mark };
  }

  /** A centre that says nothing, or only begins to, is as good as one that is away. */
  #post(path: string, body: object): Promise<Response> {
    const { forward, answerMs = ANSWER_MS } = this.#parts;
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(answerMs);
    const request = { method: 'POST', headers, body: JSON.stringify(body), signal };
    return forward(new Request(new URL(path, APP_HOME), request));
  }
}
