import { SHELL_SIGN_IN_PATH } from '#shared/protocol/shell-sign-in.ts';

/** A verdict on an address that the centre would have opened in the person's browser. */
export type OwnDoor =
  | { readonly kind: 'ours'; readonly href: string }
  /** Not the sign-in of a centre that this workstation is set up for. */
  | { readonly kind: 'foreign_door' }
  /** On its way everybody could read along, or answer instead. */
  | { readonly kind: 'open_door' };

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** Judges what a centre asks to open: its own sign-in, by https or on this very machine, and nothing else. */
export function ownDoor(text: string, addresses: readonly string[]): OwnDoor {
  if (!URL.canParse(text)) return { kind: 'foreign_door' };
  const { protocol, hostname, origin, pathname, username, password, hash, href } = new URL(text);
  const isOwn =
    addresses.some((address) => new URL(address).origin === origin) &&
    pathname === SHELL_SIGN_IN_PATH &&
    `${username}${password}${hash}` === '';
  if (!isOwn || (protocol !== 'https:' && protocol !== 'http:')) return { kind: 'foreign_door' };
  return protocol === 'https:' || isLoopback(hostname) ? { kind: 'ours', href } : { kind: 'open_door' };
}
