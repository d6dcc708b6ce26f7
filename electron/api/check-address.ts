import { aboutSchema } from '#shared/protocol/about.ts';
import { apiErrorSchema } from '#shared/protocol/errors.ts';
import { NEWEST_PROTOCOL, PROTOCOLS } from '#shared/protocol/version.ts';
import type { AddressVerdict } from '#shared/protocol/ipc.ts';

/** Electron's `net.fetch`, or anything alike. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const PATIENCE_MS = 10_000;

/**
 * An address as a person types it (`pult.example`, with or without a scheme) as scheme, host and port; null
 * when it is none.
 */
export function readAddress(text: string): string | null {
  const typed = text.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (typed === '' || /\s/.test(typed) || !URL.canParse(full)) return null;
  const { protocol, host, username, password, pathname, search } = new URL(full);
  const isPlain = username === '' && password === '' && pathname === '/' && search === '';
  return isPlain && host !== '' && (protocol === 'https:' || protocol === 'http:')
    ? `${protocol}//${host}`
    : null;
}

/**
 * Chromium names what is wrong with a certificate or the line in the message:
 * `net::ERR_CERT_AUTHORITY_INVALID`.
 */
const isTlsTrouble = (message: string): boolean => /ERR_(CERT|SSL|BAD_SSL|TLS)_/.test(message);

function protocolVerdict(protocols: readonly number[]): AddressVerdict['kind'] {
  if (PROTOCOLS.some((ours) => protocols.includes(ours))) return 'fine';
  return Math.max(...protocols) < NEWEST_PROTOCOL ? 'too_old' : 'too_new';
}

async function judge(response: Response): Promise<AddressVerdict['kind']> {
  const body: unknown = await response.json().catch(() => null);
  const about = aboutSchema.safeParse(body);
  if (response.ok && about.success) return protocolVerdict(about.data.protocols);
  // An API from before this route answers it with an error of our catalogue.
  return response.status === 404 && apiErrorSchema.safeParse(body).success ? 'too_old' : 'not_pult';
}

/** Asks an address whether it is a central API this console can work with. */
export async function checkAddress(text: string, fetch: Fetch): Promise<AddressVerdict> {
  const address = readAddress(text);
  if (address === null) return { kind: 'not_an_address', address: '', detail: '' };
  try {
    const response = await fetch(`${address}/api/v1/about`, {
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { kind: await judge(response), address, detail: `HTTP ${response.status}` };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: isTlsTrouble(detail) ? 'tls' : 'no_route', address, detail };
  }
}
