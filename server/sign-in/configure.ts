import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  type ClientAuth,
  type ServerMetadata,
} from 'openid-client';
import type { ProviderSettings } from '#shared/protocol/sign-in.ts';
import { providerFetch, type ProviderCalls } from './provider-call.ts';
import { SignInRefused, troubleOf } from './sign-in-refused.ts';

/** Without encryption only allowed networks are called at all (server/net/safe-address.ts). */
const isPlain = (issuer: string): boolean => issuer.startsWith('http:');

/** Reads what a provider says of itself. Throws SignInRefused. */
export async function discover(settings: ProviderSettings, calls: ProviderCalls): Promise<ServerMetadata> {
  const { issuer, clientId, certificate } = settings;
  try {
    const found = await discovery(new URL(issuer), clientId, undefined, None(), {
      [customFetch]: providerFetch(calls, certificate),
      execute: isPlain(issuer) ? [allowInsecureRequests] : [],
    });
    const metadata = { ...found.serverMetadata() };
    const needed = [metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri];
    const pages = [metadata.authorization_endpoint, metadata.end_session_endpoint];
    // The browser is sent there: an address of scripts would be ours to run.
    const isOdd = pages.some((page) => page !== undefined && !/^https?:\/\//i.test(page));
    if (needed.includes(undefined) || isOdd) throw new SignInRefused('metadata');
    return metadata;
  } catch (error) {
    const why = troubleOf(error);
    throw new SignInRefused(why === 'token' || why === 'provider' ? 'metadata' : why);
  }
}

/** `client_secret_basic` is what a provider takes when it does not say (OpenID Connect Discovery, 3). */
function clientAuth(metadata: ServerMetadata, access: string | null): ClientAuth {
  if (access === null) return None();
  const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = metadata;
  return methods.includes('client_secret_basic') ? ClientSecretBasic(access) : ClientSecretPost(access);
}

/**
 * Makes the library's view of a provider. A new one each time: it keeps the provider's keys, and those it
 * has changed since must be read anew. Signatures are judged although the token comes from the provider
 * itself: in a closed network that may be without TLS.
 */
export function configure(
  settings: ProviderSettings,
  access: string | null,
  metadata: ServerMetadata,
  calls: ProviderCalls,
): Configuration {
  const config = new Configuration(
    { ...metadata },
    settings.clientId,
    undefined,
    clientAuth(metadata, access),
  );
  config[customFetch] = providerFetch(calls, settings.certificate);
  enableNonRepudiationChecks(config);
  if (isPlain(settings.issuer)) allowInsecureRequests(config);
  return config;
}
