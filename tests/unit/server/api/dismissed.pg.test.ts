import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { digestResponseSchema } from '#shared/protocol/sync.ts';
import { dismissAccount } from '#server/accounts/dismiss-account.ts';
import { withScope } from '#server/store/database.ts';
import { pushCommands } from '#server/sync/push.ts';
import { attachmentDesk, type AttachmentDesk } from '#tests/helpers/attachment-desk.ts';
import { bearer, tokenOf } from '#tests/helpers/test-api.ts';
import { registerArgs, type TestClient } from '#tests/helpers/sync-region.ts';

const WORDS = 'Тайнописьмо';
let desk: AttachmentDesk;
let client: TestClient;
const incident = uuidv7();

const get = (url: string) => desk.test.api.inject({ url, headers: desk.headersOf('operator') });
const post = (url: string, payload: object) =>
  desk.test.api.inject({ method: 'POST', url, headers: desk.headersOf('operator'), payload });
const hello = async () =>
  (await post('/api/v1/sync/hello', { protocols: [1], appVersion: 't', clientId: client.clientId })).json();
const settle = (isDismissed: boolean) =>
  dismissAccount(
    desk.test.base.db,
    { region: 'eao', account: desk.idOf('operator'), isDismissed, by: 'test', address: '' },
    desk.test.clock.now,
  );

beforeAll(async () => {
  desk = await attachmentDesk();
  client = desk.client('operator');
  await client.do(incident, 'register', registerArgs(WORDS));
});
afterAll(() => desk.test.stop());

it('a dismissed person’s session reads nothing from that very moment', async () => {
  const before = await hello();
  expect((await get(`/api/v1/incidents/${incident}`)).body).toContain(WORDS);
  expect(await settle(true)).toEqual({ kind: 'done' });
  for (const url of [
    'session',
    `incidents/${incident}`,
    'export?format=csv',
    'issues?x',
    'sync/stream',
    'sync/bucket?bucket=0',
  ])
    expect([url, (await get(`/api/v1/${url}`)).json()]).toMatchObject([
      url,
      { error: { kind: 'forbidden', detail: { reason: 'disabled' } } },
    ]);
  const now = await hello();
  expect(now).toMatchObject({ dismissed: true });
  expect(now.scopeHash).not.toBe(before.scopeHash);
  const ways = [
    ...['reference', 'open', 'closed'].map((part) => `snapshot?part=${part}`),
    `changes?after=0&limit=5000&clientId=${client.clientId}&epoch=${now.epoch}&scope=${now.scopeHash}`,
  ];
  for (const way of ways) {
    const { statusCode, body } = await get(`/api/v1/sync/${way}`);
    expect([way, statusCode, body.includes(WORDS)]).toEqual([way, 200, false]);
  }
  const { buckets } = digestResponseSchema.parse((await get('/api/v1/sync/digest')).json());
  expect(buckets.every(({ n }) => n === 0)).toBe(true);
});

it('what the outbox still holds is kept at the centre with every word, and not carried out', async () => {
  const note = client.envelope(incident, 'note', { text: 'последняя заметка' });
  const answer = await post('/api/v1/sync/push', {
    protocol: 1,
    clientId: client.clientId,
    commands: [note],
  });
  expect(answer.json()).toMatchObject({ outcomes: [{ status: 'held', reason: 'disabled' }], gap: null });
  const kept = await withScope(desk.test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('sync_command').select(['args', 'status']).where('id', '=', note.id).executeTakeFirst(),
  );
  expect(kept).toEqual({ status: 'held', args: { text: 'последняя заметка' } });
  const seen = await desk.test.api.inject({
    url: `/api/v1/incidents/${incident}`,
    headers: desk.headersOf('second'),
  });
  expect(seen.body).not.toContain('последняя заметка');
});

it('so is a command that was on its way when the person was dismissed', async () => {
  // The request was let in before: its session says nothing of it.
  const late = client.envelope(incident, 'note', { text: 'в ту же секунду' });
  const request = { protocol: 1, clientId: client.clientId, commands: [late] };
  expect(await pushCommands(desk.test.base.db, client.session, request, Date.now)).toMatchObject({
    response: { outcomes: [{ status: 'held', reason: 'disabled' }] },
  });
});

it('everybody is told who was dismissed, and a readmitted person works on', async () => {
  const people = async () =>
    (
      await desk.test.api.inject({
        url: '/api/v1/reference?kind=account',
        headers: desk.headersOf('second'),
      })
    ).json<{ rows: { id: string; row: object }[] }>().rows;
  const id = desk.idOf('operator');
  expect((await people()).find((row) => row.id === id)?.row).toMatchObject({ dismissed: true });
  await settle(false);
  expect((await people()).find((row) => row.id === id)?.row).not.toHaveProperty('dismissed');
  expect(await hello()).not.toHaveProperty('dismissed');
  expect((await get(`/api/v1/incidents/${incident}`)).body).toContain(WORDS);
});

it('a session that is used every day ends ninety days after it began all the same', async () => {
  const { api, clock } = desk.test;
  const token = await tokenOf(api, 'second');
  const begun = clock.now;
  const read = () => api.inject({ url: '/api/v1/session', headers: bearer(token) });
  for (clock.now += MS_PER_DAY; clock.now < begun + 90 * MS_PER_DAY; clock.now += MS_PER_DAY) {
    const { statusCode, body } = await read();
    expect([statusCode, JSON.parse(body).expiresAt <= begun + 90 * MS_PER_DAY]).toEqual([200, true]);
  }
  expect((await read()).json()).toMatchObject({ error: { kind: 'session_expired' } });
});
