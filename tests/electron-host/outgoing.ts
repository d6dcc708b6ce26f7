import { subscribe } from 'node:diagnostics_channel';
import { note, settings } from './state.ts';

/**
 * Notes every request this process sends, by Node's own reports: whoever sends it, `net.fetch`, `fetch` or
 * `http`.
 */
export function watchOutgoing(): void {
  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: { origin: string } };
    note('outgoing', String(request.origin));
  });
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { request: { protocol: string; getHeader(name: string): unknown } };
    const host = String(request.getHeader('host'));
    // The host's own line to its browser.
    if (!host.endsWith(`:${settings.debugPort}`)) note('outgoing', `${request.protocol}//${host}`);
  });
}
