import { describe, expect, it } from 'vitest';
import { newSpares, plainCode, spareHash } from '#server/second-factor/spare-codes.ts';
import { base32, codeOfStep, keyAddress, stepAt, STEP_MS, stepOfCode } from '#server/second-factor/totp.ts';

/** RFC 6238, appendix B. */
const SECRET = Buffer.from('12345678901234567890');

describe('a code', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('of the second %i is %s, as the standard has it', (second, code) => {
    expect(codeOfStep(SECRET, stepAt(second * 1000))).toBe(code);
  });

  it('fits one step before and after, and no further', () => {
    const now = 1_234_567_890_000;
    const step = stepAt(now);
    const fits = [-2, -1, 0, 1, 2].map((drift) =>
      stepOfCode(SECRET, codeOfStep(SECRET, step + drift), now, 0),
    );
    expect(fits).toEqual([null, step - 1, step, step + 1, null]);
    expect(stepOfCode(SECRET, codeOfStep(SECRET, step), now + 2 * STEP_MS, 0)).toBeNull();
  });

  it('of a step that was used, or of one before it, does not fit', () => {
    const now = 1_234_567_890_000;
    const step = stepAt(now);
    expect(stepOfCode(SECRET, codeOfStep(SECRET, step), now, step)).toBeNull();
    expect(stepOfCode(SECRET, codeOfStep(SECRET, step - 1), now, step)).toBeNull();
    expect(stepOfCode(SECRET, codeOfStep(SECRET, step + 1), now, step)).toBe(step + 1);
  });

  it.each(['', '1', '28708', '2870822', 'абвгде'])('%j is none', (code) => {
    expect(stepOfCode(SECRET, code, 59_000, 0)).toBeNull();
  });
});

it.each([
  ['', ''],
  ['f', 'MY'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of %j is %s (RFC 4648, without padding)', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded);
});

it('the address names the person, the region and the secret', () => {
  const url = new URL(keyAddress(SECRET, 'vera@eao', 'eao'));
  expect(url.protocol).toBe('otpauth:');
  expect(url.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  expect(url.searchParams.get('issuer')).toBe('Pult eao');
  expect(decodeURIComponent(url.href)).toContain('Pult eao:vera@eao');
});

it('spare codes are ten that differ, and are known however they are typed, by one key for one person', () => {
  const key = Buffer.alloc(32, 7);
  const spares = newSpares();
  expect(new Set(spares).size).toBe(10);
  for (const spare of spares) expect(spare).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/);
  const [spare = ''] = spares;
  const hash = spareHash(key, 'vera', spare);
  expect(spareHash(key, 'vera', ` ${spare.toUpperCase().replace('-', ' ')} `)).toBe(hash);
  expect(plainCode(spare)).toHaveLength(10);
  expect(spareHash(key, 'oleg', spare)).not.toBe(hash);
  expect(spareHash(Buffer.alloc(32, 8), 'vera', spare)).not.toBe(hash);
});
