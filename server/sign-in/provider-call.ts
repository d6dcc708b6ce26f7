import type { CustomFetch, CustomFetchOptions } from 'openid-client';
import type { AllowedNetworks, Resolve } from '#server/net/safe-address.ts';
import { safeRequest } from '#server/net/safe-request.ts';
import { SignInRefused, troubleOfCall } from './sign-in-refused.ts';

/** Circumstances of calls of a provider. */
export interface ProviderCalls {
  readonly allowed: AllowedNetworks;
  readonly resolve?: Resolve | undefined;
  /** One answer is waited for so long at most; usual: ten seconds. */
  readonly patienceMs?: number | undefined;
}

const PATIENCE_MS = 10_000;
/** Keys of large providers are tens of kilobytes. */
const MOST_BYTES = 512_000;

function textOf(body: CustomFetchOptions['body']): string {
  if (body === null || body === undefined) return '';
  if (typeof body === 'string' || body instanceof URLSearchParams) return String(body);
  throw new TypeError('the body of a call of a provider is a form');
}

/**
 * Gives the library its way to the provider: the address is judged like every one from outside (server/net),
 * whatever document of the provider names it. Throws SignInRefused.
 */
export function providerFetch(calls: ProviderCalls, certificate: string): CustomFetch {
  const { allowed, resolve, patienceMs: timeoutMs = PATIENCE_MS } = calls;
  return async (url, { method, headers, body }) => {
    try {
      const answer = await safeRequest({
        url,
        method: method === 'POST' ? 'POST' : 'GET',
        headers,
        body: textOf(body),
        allowed,
        timeoutMs,
        maxBytes: MOST_BYTES,
        certificate,
        ...(resolve === undefined ? {} : { resolve }),
      });
      const { status } = answer;
      const type = answer.headers['content-type'];
      return new Response(status === 204 || status === 304 ? null : new Uint8Array(answer.body), {
        status,
        headers: type === undefined ? {} : { 'content-type': type },
      });
    } catch (error) {
      throw new SignInRefused(troubleOfCall(error));
    }
  };
}
