import { isPublicAddress } from '#server/net/safe-address.ts';
import type { Api } from './api.ts';

/** Headers that a proxy says by whom it was asked. */
const TRACES = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/**
 * Watches for a proxy that nobody told us of (TRUST_PROXY): everybody behind it then counts as one address,
 * in limits and in the audit log. Warns once. Gives a way to ask whether one was seen.
 */
export function watchForProxy(api: Api, trustProxy: string | null): () => boolean {
  let isSeen = false;
  if (trustProxy !== null) return () => false;
  api.addHook('onRequest', async (request) => {
    const { remoteAddress = '' } = request.socket;
    // Whoever asks from the open internet may say what they like; a proxy stands beside us.
    if (isSeen || isPublicAddress(remoteAddress)) return;
    if (!TRACES.some((name) => request.headers[name] !== undefined)) return;
    isSeen = true;
    request.log.warn(
      { proxy: remoteAddress },
      'a proxy is not trusted: everybody behind it counts as one address; give its address in TRUST_PROXY',
    );
  });
  return () => isSeen;
}
