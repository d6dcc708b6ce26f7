/** The console's own scheme and host. Its pages are `app://pult/queue/new` and so on. */
export const APP_SCHEME = 'app';
const APP_HOST = 'pult';
export const APP_HOME = `${APP_SCHEME}://${APP_HOST}/`;

/**
 * Tells whether an address is a page of ours. Compared by scheme and host: Node says `null` for the origin of
 * any scheme of one's own, so a comparison of origins would take every such address for ours.
 */
export function isOurs(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
}
