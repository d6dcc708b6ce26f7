import {
  authorizationCodeGrant,
  buildEndSessionUrl,
  fetchUserInfo,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from 'openid-client';
import { belowConsole, SIGN_IN_CALLBACK } from '#shared/protocol/sign-in.ts';
import type { BegunSignIn } from './begun-sign-in.ts';
import { lacksClaims, readProvidedPerson, type ProvidedPerson } from './claims.ts';
import type { Provider } from './provider.ts';
import { SignInRefused, troubleOf } from './sign-in-refused.ts';

type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** A hint longer than this would make an address that proxies cut. */
const LONGEST_HINT = 4000;

/** Where the provider's own session ends; null where it has no such place. */
function endUrlOf({ config, metadata, settings }: Provider, { id_token: hint }: Tokens): string | null {
  if (metadata.end_session_endpoint === undefined) return null;
  const isShort = hint !== undefined && hint.length <= LONGEST_HINT;
  const { href } = buildEndSessionUrl(config, {
    post_logout_redirect_uri: belowConsole(settings.consoleUrl, '/'),
    ...(isShort ? { id_token_hint: hint } : {}),
  });
  return href;
}

async function claimsOf({ config, metadata, settings }: Provider, tokens: Tokens) {
  const claims = tokens.claims();
  if (claims === undefined) throw new SignInRefused('token');
  if (metadata.userinfo_endpoint === undefined || !lacksClaims(claims, settings)) return claims;
  const more = await fetchUserInfo(config, tokens.access_token, claims.sub);
  return { ...more, ...claims };
}

/** A person whom the provider has vouched for. */
export interface Vouched {
  readonly person: ProvidedPerson;
  readonly endUrl: string | null;
}

/**
 * Gives the code to the provider and reads who has come. `search`: what came with the browser, `?code=…`.
 * Throws SignInRefused.
 */
export async function exchangeCode(provider: Provider, begun: BegunSignIn, search: string): Promise<Vouched> {
  const { settings, config } = provider;
  try {
    const at = new URL(belowConsole(settings.consoleUrl, SIGN_IN_CALLBACK) + search);
    const tokens = await authorizationCodeGrant(config, at, {
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      pkceCodeVerifier: begun.verifier,
      idTokenExpected: true,
    });
    const person = readProvidedPerson(await claimsOf(provider, tokens), settings);
    if (person === null) throw new SignInRefused('claims');
    return { person, endUrl: endUrlOf(provider, tokens) };
  } catch (error) {
    throw new SignInRefused(troubleOf(error));
  }
}
