import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import {
  belowConsole,
  SIGN_IN_CALLBACK,
  signInWaysSchema,
  type SignInWay,
} from '#shared/protocol/sign-in.ts';
import { auditAlone, type AuditOrigin } from '#server/accounts/audit.ts';
import { countAttempt, forgiveAttempts, pauseOf } from '#server/accounts/login-limit.ts';
import { isSameSecret } from '#server/accounts/same-secret.ts';
import { createSession } from '#server/accounts/session-store.ts';
import { hashToken } from '#server/accounts/session-token.ts';
import { withScope } from '#server/store/database.ts';
import { sealText, unsealText } from '#server/store/sealed-text.ts';
import { admitPerson } from './admit-person.ts';
import { openBegun, sealBegun, type BegunSignIn } from './begun-sign-in.ts';
import { exchangeCode } from './exchange-code.ts';
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

export type Finished =
  | { readonly kind: 'in'; readonly token: string }
  | { readonly kind: 'refused'; readonly why: `sign_in_${SignInRefused['why']}` | 'rate_limited' };

/** Refusals that anybody may have without knowing anything, as often as they like: they fill no log. */
const UNTOLD = new Set<SignInRefused['why']>(['stale', 'state', 'cancelled', 'provider', 'off', 'elsewhere']);

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

  /**
   * Begins a sign-in. `host`: where the console was opened, for the cookie would be missing elsewhere. Throws
   * SignInRefused.
   */
  async begin(region: string, host: string): Promise<Begun> {
    const { settings, config } = await this.providers.of(region);
    if (new URL(settings.consoleUrl).host !== host) throw new SignInRefused('elsewhere');
    const verifier = randomPKCECodeVerifier();
    const begun = { region, state: randomState(), nonce: randomNonce(), verifier, at: this.deps.now() };
    const url = buildAuthorizationUrl(config, {
      redirect_uri: belowConsole(settings.consoleUrl, SIGN_IN_CALLBACK),
      scope: settings.scope,
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
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
    const source = { login: `sign-in/${begun.region}`, address: back.address, device: null };
    if ((await pauseOf(this.deps.db, source, now)) > 0) return { kind: 'refused', why: 'rate_limited' };
    try {
      const token = await this.#letIn(begun, back, now);
      await forgiveAttempts(this.deps.db, source);
      return { kind: 'in', token };
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error;
      // Guesses at codes are counted as guesses at passwords are.
      if (error.why === 'code') await countAttempt(this.deps.db, source, now);
      await this.#tellRefused(begun.region, back, error, now);
      return { kind: 'refused', why: `sign_in_${error.why}` };
    }
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

  async #letIn(begun: BegunSignIn, back: Return, now: Instant): Promise<string> {
    const { db, key } = this.deps;
    const { region } = begun;
    const { address, device = '' } = back;
    const provider = await this.providers.of(region);
    const { settings } = provider;
    const { person, endUrl } = await exchangeCode(provider, begun, back.search);
    const origin = { address, device };
    const account = await admitPerson(db, { region, person, settings, judge: 'provider', origin, now });
    const sealed = endUrl === null ? null : sealText(key, endOwner(region), endUrl);
    const place = { userAgent: device, address, endUrl: sealed };
    const token = await createSession(db, region, account, place, now);
    await auditAlone(db, region, { at: now, actor: account, action: 'login_provider', ...origin });
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
