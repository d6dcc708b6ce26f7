import fc from 'fast-check';
import { expect, it } from 'vitest';
import { networkOf } from '#server/net/network-of.ts';

it.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['::FFFF:0a01:0203', '10.1.2.3'],
  ['0:0:0:0:0:ffff:a01:203', '10.1.2.3'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::10.1.2.3', '64:ff9b:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('%s is of %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it('one IPv6 network is one, whatever the host and however it is written', () => {
  const group = fc.nat(65_535).map((value) => value.toString(16));
  const groups = (length: number) => fc.array(group, { minLength: length, maxLength: length });
  fc.assert(
    fc.property(groups(4), groups(4), groups(4), (net, host, other) => {
      const full = [...net, ...host].join(':');
      fc.pre(!full.startsWith('0:0:0:0:'));
      const short = new URL(`http://[${[...net, ...other].join(':')}]`).hostname.slice(1, -1);
      expect(networkOf(short)).toBe(networkOf(full));
      expect(networkOf(full)).toBe(`${net.join(':')}::/64`);
    }),
  );
});
