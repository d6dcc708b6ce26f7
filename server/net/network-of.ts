import { isIPv6 } from 'node:net';

const GROUPS = 8;
const MAPPED = 5;

/** The groups of an IPv6 address without its zone; a dotted ending counts as the two groups it stands for. */
function groupsOf(address: string): readonly string[] {
  const dotted = (_: string, a: string, b: string, c: string, d: string): string =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':');
  const [unzoned = ''] = address.split('%');
  const plain = unzoned.toLowerCase().replace(/(?<!\d)(\d+)\.(\d+)\.(\d+)\.(\d+)$/, dotted);
  const [head = [], tail = []] = plain.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const missing = Array.from({ length: GROUPS - head.length - tail.length }, () => '0');
  return [...head, ...missing, ...tail].map((group) => group.replace(/^0+(?=.)/, ''));
}

/**
 * Names the network an address belongs to, for counting: an IPv4 address is itself, however it is written (an
 * office is one address), an IPv6 address is the /64 that one line is given (RFC 6177). Anything else stays.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  if (groups[MAPPED] === 'ffff' && groups.slice(0, MAPPED).every((group) => group === '0')) {
    const bytes = groups.slice(-2).flatMap((group) => {
      const number = Number.parseInt(group, 16);
      return [number >> 8, number & 255];
    });
    return bytes.join('.');
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}
