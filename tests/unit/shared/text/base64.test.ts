import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from '#shared/text/base64.ts';

test('bytes come back the same, and as every other program writes them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = toBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(text)).toEqual(new Uint8Array(bytes));
    }),
  );
});

test.each(['A', 'AA', 'AAA', 'AA=', 'AB==', 'A===', '====', 'AA A', 'яяяя', 'AAAA\n', '-_-_'])(
  '%j is no base64',
  (text) => {
    expect(fromBase64(text)).toBeNull();
  },
);
