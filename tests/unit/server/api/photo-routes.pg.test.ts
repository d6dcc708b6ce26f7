import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { PHOTO_LIMITS } from '#shared/domain/photo.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { picturesOf } from '#server/photos/photo-store.ts';
import { removeUnusedPhotos } from '#server/jobs/remove-unused-photos.ts';
import { issueReport } from '#server/report/issues.ts';
import { withScope } from '#server/store/database.ts';
import { EXIF, photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
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

it('removes photos that no case has had for three months, but never one that was issued', async () => {
  const { db } = api.base;
  const start = Date.UTC(2022, 5, 1);
  const day = (count: number): number => start + count * MS_PER_DAY;
  const photos = { shown: [21], removed: [22], issued: [23], putBack: [24] } as const;
  const hashes = new Map<string, string>();
  for (const [name, data] of Object.entries(photos)) {
    const bytes = photoBytes({ data: [...data] });
    hashes.set(name, hashOf(bytes));
    expect((await put(bytes)).statusCode).toBe(204);
  }
  const store = (name: keyof typeof photos, deleted: boolean): Promise<unknown> => {
    const id = `01929aaa-0000-7000-8000-0000000000${photos[name][0]}`;
    const before = { hash: hashes.get(name), width: 640, height: 480, caption: '' };
    const month = name === 'issued' ? '2022-01' : '2022-02';
    const row = { id, incident: id, month, text: 'Убрали', author: '', before, after: null, order: 1 };
    return withScope(db, { region: 'eao' }, (tx) =>
      sql`insert into reference (region_id, kind, id, row, v, deleted)
        values ('eao', 'example', ${id}, ${JSON.stringify(row)}::jsonb, 1, ${deleted})
        on conflict (region_id, kind, id) do update set deleted = excluded.deleted`.execute(tx),
    );
  };
  const there = async (): Promise<readonly string[]> => {
    const answers = [...hashes].map(async ([name, hash]) =>
      (await get(hash)).statusCode === 200 ? [name] : [],
    );
    return (await Promise.all(answers)).flat();
  };
  for (const name of ['shown', 'removed', 'issued', 'putBack'] as const) await store(name, false);
  const january = { form: 'month', from: '2022-01-01', to: '2022-01-31', compare: null, remark: '' } as const;
  const id = '01929aaa-0000-7000-8000-000000000099';
  await issueReport(
    db,
    'eao',
    { ...january, id },
    { account: 'a', name: 'Иванова' },
    start,
    async () => undefined,
  );
  for (const name of ['removed', 'issued', 'putBack'] as const) await store(name, true);
  const removeAt = (days: number): Promise<void> =>
    runJob(
      removeUnusedPhotos,
      jobContext(db, () => day(days)),
    );
  await removeAt(0);
  await store('putBack', false);
  await removeAt(50);
  await store('putBack', true);
  await removeAt(89);
  expect(await there()).toEqual(['shown', 'removed', 'issued', 'putBack']);
  await removeAt(91);
  expect(await there()).toEqual(['shown', 'issued', 'putBack']);
  await removeAt(400);
  expect(await there()).toEqual(['shown', 'issued']);
});
