import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { SHELL_SIGN_IN_PATH, type ShellCode, type ShellWait } from '#shared/protocol/shell-sign-in.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import {
  belowConsole,
  SIGN_IN_CALLBACK,
  signInWaysSchema,
  type SignInWay,
} from '#shared/protocol/sign-in.ts';
import { auditAlone, type AuditOrigin } from '#server/accounts/audit.ts';
import { countAttempt, forgiveAttempts, pauseOf, type LoginSource } from '#server/accounts/login-limit.ts';
import { isSameSecret } from '#server/accounts/same-secret.ts';
import { createSession } from '#server/accounts/session-store.ts';
import { hashToken } from '#server/accounts/session-token.ts';
import { withScope } from '#server/store/database.ts';
import { sealText, unsealText } from '#server/store/sealed-text.ts';
import { admitPerson } from './admit-person.ts';
import { openBegun, openTicket, sealBegun, sealTicket, type BegunSignIn } from './begun-sign-in.ts';
import { exchangeCode } from './exchange-code.ts';
import { keepHandover, markOf, takeHandover, type Admitted } from './handover.ts';
import { Directories } from './ldap/directories.ts';
import { Providers, type SignInDeps } from './provider.ts';
import { SignInRefused } from './sign-in-refused.ts';

/** A browser that has come back from a provider. */
export interface Return extends AuditOrigin {
  /** The cookie of the browser that began; '' where it has none. */
  readonly cookie: string;
  /** The end of the address that it came to, from the question mark on. */
  readonly search: string;
}

/** The beginning of a sign-in: where the browser goes, and the cookie it comes back with. */
export interface Begun {
  readonly url: string;
  readonly cookie: string;
}

/** `shell`: who waits for the end of it; left out where that is the browser itself, or nobody is known. */
export type Finished =
  | { readonly kind: 'in'; readonly token: string }
  | { readonly kind: 'code'; readonly code: string; readonly name: string; readonly shell: ShellWait }
  | { readonly kind: 'refused'; readonly why: ApiErrorKind; readonly shell?: ShellWait | undefined };

/** The end of a sign-in in the shell. */
export type Opened =
  | { readonly kind: 'in'; readonly token: string }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number };

/** Refusals that anybody may have without knowing anything, as often as they like: they fill no log. */
const UNTOLD = new Set<SignInRefused['why']>(['stale', 'state', 'cancelled', 'provider', 'off', 'elsewhere']);

const sourceOf = (region: string, address: string): LoginSource => ({
  login: `sign-in/${region}`,
  address,
  device: null,
});

const endOwner = (region: string): string => `sign-in-end/${region}`;

/** Lets people in whom a provider or a directory of others vouches for. */
export class SignIn {
  readonly providers: Providers;
  readonly directories: Directories;
  readonly deps: SignInDeps;

  constructor(deps: SignInDeps) {
    this.deps = deps;
    this.providers = new Providers(deps);
    this.directories = new Directories(deps);
  }

  /** The providers that somebody at the door may choose from. */
  async ways(): Promise<readonly SignInWay[]> {
    const { rows } = await sql`select region, region_name as "regionName", name from sign_in_ways()
      order by region_name`.execute(this.deps.db);
    return signInWaysSchema.parse({ ways: rows }).ways;
  }

  /** Gives what a shell opens in the person's browser: the door of {@link enter}. Throws SignInRefused. */
  async offer(region: string, shell: ShellWait): Promise<{ readonly url: string; readonly mark: string }> {
    const { settings } = await this.providers.of(region);
    const ticket = sealTicket(this.deps.key, { region, shell, at: this.deps.now() });
    const url = belowConsole(settings.consoleUrl, `${SHELL_SIGN_IN_PATH}?ticket=${ticket}`);
    return { url, mark: markOf(shell.challenge) };
  }

  /** Begins the sign-in of a shell in the browser that it has opened. */
  async enter(ticket: string, host: string): Promise<(Begun & { readonly kind: 'begun' }) | Finished> {
    const wish = openTicket(this.deps.key, ticket, this.deps.now());
    if (wish === null) return { kind: 'refused', why: 'sign_in_stale' };
    const { region, shell } = wish;
    try {
      return { kind: 'begun', ...(await this.begin(region, host, shell)) };
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error;
      return { kind: 'refused', why: `sign_in_${error.why}`, shell };
    }
  }

  /**
   * Begins a sign-in. `host`: where the console was opened, for the cookie would be missing elsewhere.
   * `shell`: who waits for its end. Throws SignInRefused.
   */
  async begin(region: string, host: string, shell?: ShellWait): Promise<Begun> {
    const { settings, config } = await this.providers.of(region);
    if (new URL(settings.consoleUrl).host !== host) throw new SignInRefused('elsewhere');
    const verifier = randomPKCECodeVerifier();
    const secrets = { state: randomState(), nonce: randomNonce(), verifier };
    const begun = { region, ...secrets, at: this.deps.now(), ...(shell === undefined ? {} : { shell }) };
    const url = buildAuthorizationUrl(config, {
      redirect_uri: belowConsole(settings.consoleUrl, SIGN_IN_CALLBACK),
      scope: settings.scope,
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      // A logout in the shell reaches no other program: whoever sits down next is asked who they are.
      ...(shell === undefined ? {} : { prompt: 'login' }),
    });
    return { url: url.href, cookie: sealBegun(this.deps.key, begun) };
  }

  /** Ends a sign-in: a session, or a refusal with its name and a line in the audit log. */
  async finish(back: Return): Promise<Finished> {
    const now = this.deps.now();
    const begun = openBegun(this.deps.key, back.cookie, now);
    if (begun === null) return { kind: 'refused', why: 'sign_in_stale' };
    const state = new URLSearchParams(back.search).get('state') ?? '';
    if (!isSameSecret(state, begun.state)) return { kind: 'refused', why: 'sign_in_state' };
    const { region, shell } = begun;
    const source = sourceOf(region, back.address);
    if ((await pauseOf(this.deps.db, source, now)) > 0)
      return { kind: 'refused', why: 'rate_limited', shell };
    try {
      const { name, ...admitted } = await this.#admit(begun, back, now);
      await forgiveAttempts(this.deps.db, source);
      if (shell === undefined) return { kind: 'in', token: await this.#open(region, admitted, back, now) };
      const { challenge } = shell;
      const code = await keepHandover(this.deps.db, region, { ...admitted, challenge }, now);
      return { kind: 'code', code, name, shell };
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error;
      // Guesses at codes are counted as guesses at passwords are.
      if (error.why === 'code') await countAttempt(this.deps.db, source, now);
      await this.#tellRefused(region, back, error, now);
      return { kind: 'refused', why: `sign_in_${error.why}`, shell };
    }
  }

  /** Changes a code that a browser handed to the shell for a session. Throws SignInRefused. */
  async openShell(handed: ShellCode, origin: AuditOrigin): Promise<Opened> {
    const { db } = this.deps;
    const now = this.deps.now();
    const { region } = handed;
    const source = sourceOf(region, origin.address);
    const retryAfterMs = await pauseOf(db, source, now);
    if (retryAfterMs > 0) return { kind: 'rate_limited', retryAfterMs };
    const admitted = await takeHandover(db, handed, now);
    if (admitted !== null) return { kind: 'in', token: await this.#open(region, admitted, origin, now) };
    await countAttempt(db, source, now);
    throw new SignInRefused('handover');
  }

  /** Gives where the session of the provider ends that a session here began with; null where none did. */
  async endUrlOf(region: string, token: string): Promise<string | null> {
    const row = await withScope(this.deps.db, { region }, (tx) =>
      tx
        .selectFrom('session')
        .select('end_url')
        .where('token_hash', '=', hashToken(token))
        .executeTakeFirst(),
    );
    const sealed = row?.end_url ?? null;
    return sealed === null ? null : unsealText(this.deps.key, endOwner(region), sealed);
  }

  async #admit(
    begun: BegunSignIn,
    back: Return,
    now: Instant,
  ): Promise<Admitted & { readonly name: string }> {
    const { db, key } = this.deps;
    const { region } = begun;
    const { address, device = '' } = back;
    const provider = await this.providers.of(region);
    const { settings } = provider;
    const { person, endUrl } = await exchangeCode(provider, begun, back.search);
    const origin = { address, device };
    const account = await admitPerson(db, { region, person, settings, judge: 'provider', origin, now });
    const sealed = endUrl === null ? null : sealText(key, endOwner(region), endUrl);
    return { account, endUrl: sealed, name: person.displayName };
  }

  async #open(region: string, { account, endUrl }: Admitted, origin: AuditOrigin, now: Instant) {
    const { db } = this.deps;
    const { address, device = '' } = origin;
    const token = await createSession(db, region, account, { userAgent: device, address, endUrl }, now);
    await auditAlone(db, region, { at: now, actor: account, action: 'login_provider', address, device });
    return token;
  }

  async #tellRefused(region: string, back: Return, { why, who }: SignInRefused, now: Instant) {
    if (UNTOLD.has(why)) return;
    const { address, device = '' } = back;
    const detail = { why, ...(who === null ? {} : { who: who.slice(0, 200) }) };
    const line = { at: now, actor: who ?? '', address, device, action: 'login_refused', detail } as const;
    await auditAlone(this.deps.db, region, line);
  }
}
