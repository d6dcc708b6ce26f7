import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import type { SignInTrouble } from '#shared/protocol/sign-in.ts';
import { AnswerTooLarge } from '#server/net/read-body.ts';
import { UnsafeAddress } from '#server/net/safe-address.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { NotLdap } from './ldap/ber.ts';

/** A sign-in that ends here, by its name. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly why: SignInTrouble;
  /** The login that the provider told; null where it had told none by then. */
  readonly who: string | null;

  constructor(why: SignInTrouble, who: string | null = null) {
    super(`Sign-in refused: ${why}`);
    this.why = why;
    this.who = who;
  }
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|ERR_TLS/;

/** Names what stood in the way of a call; whatever the network says otherwise is `unreachable`. */
export function troubleOfCall(error: unknown): SignInTrouble {
  if (error instanceof UnsafeAddress) return error.reason === 'bad_url' ? 'metadata' : error.reason;
  if (error instanceof AnswerTooLarge) return 'metadata';
  if (error instanceof NotLdap) return 'not_ldap';
  const names = [error, (error as Error).cause].map((each) => (each instanceof Error ? each.name : ''));
  if (names.some((name) => name === 'TimeoutError' || name === 'AbortError')) return 'late';
  return CERTIFICATE.test(errorCode(error)) ? 'certificate' : 'unreachable';
}

/** Claims of an ID token that say whom it is for; another value than ours has a name of its own. */
const FOREIGN: Readonly<Record<string, SignInTrouble>> = {
  iss: 'issuer',
  aud: 'audience',
  azp: 'audience',
  nonce: 'nonce',
};

/** The causes of an error, outermost first. */
function causesOf(error: unknown): readonly Error[] {
  const found: Error[] = [];
  for (let at = error; at instanceof Error && found.length < 5; at = at.cause) found.push(at);
  return found;
}

/** Finds what the library holds of a wrong claim: it lies in the innermost cause, which is no error. */
const detailOf = (error: unknown): Readonly<Record<string, unknown>> => {
  const { cause } = causesOf(error).at(-1) ?? {};
  return typeof cause === 'object' && cause !== null ? { ...cause } : {};
};

function troubleOfToken(error: ClientError): SignInTrouble {
  const detail = detailOf(error);
  switch (error.code) {
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
      return FOREIGN[String(detail['claim'])] ?? 'token';
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return 'expired';
    case 'OAUTH_KEY_SELECTION_FAILED':
    case 'OAUTH_UNSUPPORTED_OPERATION':
      return 'signature';
    case 'OAUTH_INVALID_RESPONSE':
      if (causesOf(error).some(({ message }) => /signature/.test(message))) return 'signature';
      // The answer names its issuer beside the code (RFC 9207).
      return causesOf(error).some(({ message }) => /"iss"/.test(message)) ? 'issuer' : 'token';
    default:
      return 'token';
  }
}

/** Names whatever the library or the network throws at the end of a sign-in. Its words are not kept. */
export function troubleOf(error: unknown): SignInTrouble {
  const refused = causesOf(error).find((cause) => cause instanceof SignInRefused);
  if (refused !== undefined) return refused.why;
  if (error instanceof AuthorizationResponseError)
    return error.error === 'access_denied' ? 'cancelled' : 'provider';
  if (error instanceof ResponseBodyError) {
    if (error.error === 'invalid_grant') return 'code';
    return /^(?:invalid|unauthorized)_client$/.test(error.error) ? 'client' : 'provider';
  }
  return error instanceof ClientError ? troubleOfToken(error) : 'token';
}
