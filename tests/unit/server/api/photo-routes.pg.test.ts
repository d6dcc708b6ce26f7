import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PHOTO_LIMITS } from '#shared/domain/photo.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { picturesOf } from '#server/photos/photo-store.ts';
import { EXIF, photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const LOGINS = ['operator', 'observer', 'executor', 'stranger'] as const;
let api: TestApi;
const tokens = new Map<string, string>();

beforeAll(async () => {
  api = await testApi([
    { login: 'operator' },
    { login: 'observer', role: 'observer' },
    { login: 'executor', role: 'executor' },
  ]);
  const neighbour = {
    displayName: 'Сосед',
    role: 'operator',
    agency: null,
    password: TEST_PASSWORD,
  } as const;
  await createAccount(api.base.db, 'amur', { ...neighbour, login: 'stranger' }, Date.now());
  for (const login of LOGINS) tokens.set(login, await tokenOf(api.api, login));
});
afterAll(() => api.stop());

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const headersOf = (login: (typeof LOGINS)[number]) => bearer(tokens.get(login) ?? '');

const put = (bytes: Uint8Array, { as = 'operator', hash = hashOf(bytes), type = 'image/jpeg' } = {}) =>
  api.api.inject({
    method: 'PUT',
    url: `/api/v1/photos/${hash}`,
    headers: { ...headersOf(as as (typeof LOGINS)[number]), 'content-type': type },
    payload: Buffer.from(bytes),
  });
const get = (hash: string, as: (typeof LOGINS)[number] = 'operator') =>
  api.api.inject({ url: `/api/v1/photos/${hash}`, headers: headersOf(as) });

it('keeps a photo once and gives it back as nothing but a picture', async () => {
  const bytes = photoBytes();
  expect((await put(bytes)).statusCode).toBe(204);
  expect((await put(bytes)).statusCode).toBe(204);
  const answer = await get(hashOf(bytes));
  expect(answer.statusCode).toBe(200);
  expect(new Uint8Array(answer.rawPayload)).toEqual(bytes);
  expect(answer.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect([...(await picturesOf(api.base.db, 'eao', [{ hash: hashOf(bytes) }])).keys()]).toEqual([
    hashOf(bytes),
  ]);
});

it('takes nothing that is not what it says, and keeps nothing of it', async () => {
  const good = photoBytes({ data: [9] });
  const withExif = photoBytes({ extra: [EXIF] });
  const page = new TextEncoder().encode('<html>');
  const heavy = photoBytes({ data: Array.from({ length: PHOTO_LIMITS.bytes }, () => 1) });
  expect((await put(withExif)).json()).toMatchObject({
    error: { kind: 'bad_request', detail: { reason: 'has_metadata' } },
  });
  expect((await put(page)).json()).toMatchObject({ error: { detail: { reason: 'not_jpeg' } } });
  expect((await put(good, { hash: hashOf(page) })).json()).toMatchObject({
    error: { detail: { reason: 'another photo' } },
  });
  expect((await put(good, { hash: 'short' })).statusCode).toBe(400);
  expect((await put(good, { type: 'image/svg+xml' })).statusCode).toBe(400);
  expect((await put(heavy)).json()).toMatchObject({ error: { kind: 'too_large' } });
  for (const bytes of [good, withExif, page, heavy]) expect((await get(hashOf(bytes))).statusCode).toBe(404);
});

it('lets the centre write, everybody of the region look, and another region do neither', async () => {
  const bytes = photoBytes({ data: [5, 6] });
  expect((await put(bytes, { as: 'observer' })).statusCode).toBe(403);
  expect((await put(bytes, { as: 'executor' })).statusCode).toBe(403);
  expect((await api.api.inject({ url: `/api/v1/photos/${hashOf(bytes)}` })).statusCode).toBe(401);
  expect((await put(bytes)).statusCode).toBe(204);
  expect((await get(hashOf(bytes), 'observer')).statusCode).toBe(200);
  expect((await get(hashOf(bytes), 'executor')).statusCode).toBe(200);
  expect((await get(hashOf(bytes), 'stranger')).statusCode).toBe(404);
});
