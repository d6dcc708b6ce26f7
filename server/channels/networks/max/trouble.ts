import type { ChannelProblem } from '#shared/protocol/channels.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { MaxError } from './call.ts';

/** Our address is one that MAX does not call. */
export class AddressError extends Error {
  readonly origin: string;

  constructor(origin: string) {
    super(`MAX does not call ${origin}`);
    this.origin = origin;
  }
}

/** MAX said 200 and `success: false`. */
export class NotDone extends Error {}

/** Nothing here vouches for the certificate: MAX is signed by a root that Node does not carry. */
const UNKNOWN_ROOT = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);
/** The line never stood. */
const NO_LINE = new Set([
  ...UNKNOWN_ROOT,
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The code of what broke a line, wherever it lies. */
const lineCode = (error: unknown): string =>
  errorCode(error) || (error instanceof Error ? errorCode(error.cause) : '');

/** True when MAX cannot have heard anything of a call that failed like this. */
export const neverLeft = (error: unknown): boolean => NO_LINE.has(lineCode(error));

function troubleOfMax({ status, code }: MaxError): ChannelProblem | null {
  const detail = `max:${code === '' ? status : code}`;
  if (code.startsWith('comments.') && code !== 'comments.timeout_exceeded')
    return { kind: 'comments_off', detail };
  switch (status) {
    case 401:
      return { kind: 'token_dead', detail };
    case 403:
      return { kind: 'no_rights', detail };
    case 404:
      return { kind: 'no_such_page', detail };
    case 405:
      return { kind: 'polling_blocked', detail };
    case 429:
      return { kind: 'limit_reached', detail };
    default:
      return status >= 500 || code === '' ? { kind: 'unreachable', detail } : null;
  }
}

/** The page's trouble behind what a call threw; null when it is none of the page. */
export function maxTrouble(error: unknown): ChannelProblem | null {
  if (error instanceof MaxError) return troubleOfMax(error);
  if (error instanceof AddressError) return { kind: 'callback_address', detail: error.origin };
  if (error instanceof NotDone) return { kind: 'no_rights', detail: 'max:not_done' };
  const detail = lineCode(error);
  return { kind: UNKNOWN_ROOT.has(detail) ? 'unknown_root' : 'unreachable', detail };
}
