import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Why an address is not called. */
export type UnsafeReason = 'bad_url' | 'unresolved' | 'private_address' | 'not_encrypted';

/** A call that must not be made: its address is, or leads to, something that is not the open internet's. */
export class UnsafeAddress extends Error {
  readonly reason: UnsafeReason;

  constructor(reason: UnsafeReason) {
    super(`Unsafe address: ${reason}`);
    this.name = 'UnsafeAddress';
    this.reason = reason;
  }
}

/** Networks that are not the open internet (IANA special-purpose registries). */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/**
 * Of IPv6 only 2000::/3 is given out, so an IPv4 written as IPv6 is never let through; inside it these are
 * tunnels (they wrap an IPv4) or examples.
 */
const GLOBAL_V6 = '2000::/3';
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

const special = listOf([...SPECIAL_V4, ...SPECIAL_V6]);
const globalV6 = listOf([GLOBAL_V6]);

const has = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** True when an address, as digits, is one of the open internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 4) return !has(special, address);
  return has(globalV6, address) && !has(special, address);
}

/**
 * Networks of a closed installation that may be called although they are private: CIDR, as `10.20.0.0/16`.
 */
export type AllowedNetworks = readonly string[];

/** True when the text is a network in CIDR notation. */
export function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const family = isIP(address);
  return (
    family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32)
  );
}

/** All addresses of a name, in the system's order. A test may bring its own. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const resolveBySystem: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** Where a call goes once its address was judged: it connects to `address` and to nothing else. */
export interface SafeTarget {
  readonly url: URL;
  readonly address: string;
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  const literal = host.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) return [literal];
  try {
    return await resolve(host);
  } catch {
    throw new UnsafeAddress('unresolved');
  }
}

/**
 * Judges a host that somebody outside named. It is resolved once, every address of it must be public or
 * within the allowed networks, and the first is what the call then connects to, so a name that answers
 * differently a moment later gains nothing. Without encryption only allowed networks are called. Throws
 * UnsafeAddress.
 */
export async function safeHost(
  host: string,
  isEncrypted: boolean,
  allowed: AllowedNetworks,
  resolve: Resolve = resolveBySystem,
): Promise<string> {
  const addresses = await addressesOf(host, resolve);
  const inside = listOf(allowed);
  const isInside = (address: string): boolean => isIP(address) !== 0 && has(inside, address);
  const [address] = addresses;
  if (address === undefined) throw new UnsafeAddress('unresolved');
  if (!addresses.every((address) => isInside(address) || isPublicAddress(address)))
    throw new UnsafeAddress('private_address');
  if (!isEncrypted && !addresses.every(isInside)) throw new UnsafeAddress('not_encrypted');
  return address;
}

/**
 * Judges where a URL leads, by {@link safeHost}. URL itself turns decimal, octal and hexadecimal IPv4 into
 * four numbers. Throws UnsafeAddress.
 */
export async function safeTarget(
  text: string,
  allowed: AllowedNetworks,
  resolve: Resolve = resolveBySystem,
): Promise<SafeTarget> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new UnsafeAddress('bad_url');
  return { url, address: await safeHost(url.hostname, url.protocol === 'https:', allowed, resolve) };
}
