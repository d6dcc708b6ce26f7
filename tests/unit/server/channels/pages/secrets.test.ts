import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import { channelKey, seal, unseal } from '#server/channels/pages/secrets.ts';

const SECRETS = {
  token: 'vk1.a.слово',
  readToken: null,
  secret: 'тайна',
  confirmation: 'abc',
  applicationKey: null,
  applicationSecret: null,
};

test('opens what it sealed, for the same page and with the same key only', () => {
  const key = randomBytes(32);
  const sealed = seal(key, 'eao/1', SECRETS);
  expect(sealed).not.toContain('vk1');
  expect(seal(key, 'eao/1', SECRETS)).not.toBe(sealed);
  expect(unseal(key, 'eao/1', sealed)).toEqual(SECRETS);
  expect(() => unseal(key, 'eao/2', sealed)).toThrow(/authenticate/);
  expect(() => unseal(randomBytes(32), 'eao/1', sealed)).toThrow(/authenticate/);
});

test('makes the key once, for nobody else to read, and refuses one of another length', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pult-key-'));
  try {
    const file = join(folder, 'data', 'channel.key');
    const key = channelKey(null, file);
    expect(key).toHaveLength(32);
    expect(channelKey(null, file)).toEqual(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(channelKey(key.toString('base64'), '/nowhere')).toEqual(key);
    expect(() => channelKey('c2hvcnQ=', '/nowhere')).toThrow(/32 bytes/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('keeps the digits of whole numbers above 2^53', () => {
  expect(parseExact('{"seq":115734831126551238,"id":7,"x":1.5,"n":-98211023614189660}')).toEqual({
    seq: '115734831126551238',
    id: 7,
    x: 1.5,
    n: '-98211023614189660',
  });
});
