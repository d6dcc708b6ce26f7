import type { App, WebContents } from 'electron';
import { isOurs } from '#electron/app/app-address.ts';
import type { Log } from '#electron/app/log.ts';

type Event = { preventDefault(): void };

/** Only the place is noted: an address that leads elsewhere may carry somebody's words. */
const placeOf = (address: string): string =>
  URL.canParse(address) ? `${new URL(address).protocol}//${new URL(address).host}` : 'no address';

/**
 * Shuts the ways out of a page: going elsewhere, being sent elsewhere, frames with strangers, windows,
 * embedded browsers (Electron's security checklist, items 11 to 14). Frames may show blobs, which the console
 * makes for printing.
 */
export function guardContents(contents: WebContents, log: Log): void {
  const stop = (event: Event, attempt: string, address: string): void => {
    event.preventDefault();
    log.warn(`refused ${attempt} to ${placeOf(address)}`);
  };
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) stop(event, 'going', event.url);
  });
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) stop(event, 'being sent', event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    const isBlob = !event.isMainFrame && event.url.startsWith('blob:app://pult/');
    if (!isOurs(event.url) && !isBlob) stop(event, 'a frame', event.url);
  });
  contents.on('will-attach-webview', (event) => stop(event, 'an embedded browser', ''));
  contents.setWindowOpenHandler(({ url }) => {
    log.warn(`refused a window to ${placeOf(url)}`);
    return { action: 'deny' };
  });
}

/** Guards every page the process will ever have, whoever makes it. */
export function guardEveryContents(app: Pick<App, 'on'>, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}
