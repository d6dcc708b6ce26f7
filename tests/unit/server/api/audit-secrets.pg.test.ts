import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AUDIT_DETAILS, type AuditKind } from '#shared/protocol/audit.ts';
import { makeChannels } from '#server/channels/channels.ts';
import { Partners } from '#server/partners/partners.ts';
import { csvOf } from '#tests/fixtures/exchange.ts';
import { fillReference, registerArgs, sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';
import { bearer, testApi, TEST_PASSWORD, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

/** Each stands where the log could have taken it from; none may be in it. */
const CANARIES = {
  resident: 'Тайнофамильев',
  words: 'протекает-крыша-у-меня',
  remark: 'замечание-к-докладу',
  token: 'vk1.a.канарейка'.replace('канарейка', 'canary-token'),
  secret: 'canary-secret-12',
  ignored: 'https://vk.com/canary_author',
  hook: 'canary-in-query',
  password: TEST_PASSWORD,
  typed: 'Канарейка-вместо-логина',
} as const;

let test: TestApi;
let headers: { authorization: string };
let partner = '';
let page = '';

const ask = async (method: 'POST' | 'PUT' | 'DELETE' | 'GET', url: string, payload?: object) => {
  const body = payload === undefined ? {} : { payload };
  const answer = await test.api.inject({ method, url: `/api/v1${url}`, headers, ...body });
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`);
  return answer.json<{ id: string }>();
};

async function actOnSystems(): Promise<void> {
  const webhook = { url: `https://portal.example/hook?key=${CANARIES.hook}`, events: ['new'] };
  const draft = { name: 'Портал', reads: 'own', webhook };
  ({ id: partner } = await ask('POST', '/partners', draft));
  await ask('PUT', `/partners/${partner}`, { ...draft, name: 'Портал области' });
  await ask('POST', `/partners/${partner}/revoke`);
  await ask('PUT', '/partners/open-reading', { open: true });
  const { token, secret, ignored } = CANARIES;
  const vk = {
    network: 'vk',
    name: 'ЦУР',
    pageId: '77',
    baseUrl: 'https://vk.example',
    token,
    secret,
    confirmation: 'abc',
  };
  const rules = { stop: [], ignore: [ignored], off: [] };
  ({ id: page } = await ask('POST', '/channels', { ...vk, rules }));
  const { network: _network, pageId: _pageId, ...rest } = vk;
  const kept = { certificate: null, agency: null, reception: 'callback', watch: ['яма'], readToken: null };
  const none = { applicationKey: null, applicationSecret: null, confirmation: null };
  await ask('PUT', `/channels/${page}`, { ...rest, ...kept, ...none, rules });
  await ask('PUT', `/channels/${page}/state`, { state: 'paused' });
}

async function actOnResidents(): Promise<void> {
  const { resident, words, remark } = CANARIES;
  const session = await ask('GET', '/session').then((own) => own as unknown as { account: { id: string } });
  const client = new TestClient(
    test.base.db,
    sessionOfRole('administrator', { account: session.account.id }),
  );
  const id = uuidv7();
  await client.do(id, 'register', { ...registerArgs(words), author: { name: resident, url: '' } });
  await client.do(id, 'note', { text: words });
  const source = csvOf([
    ['Номер инцидента', 'Дата создания', 'Текст', 'ФИО автора'],
    ['900001', '17.12.2025 20:11', words, resident],
  ]);
  const payload = Buffer.from(await source.read(0, source.size));
  const query = { fileName: 'выгрузка.csv', mapping: JSON.stringify({ 1: 'createdAt', 2: 'text' }) };
  const file = { ...headers, 'content-type': 'application/octet-stream' };
  const url = `/api/v1/import?${new URLSearchParams(query).toString()}`;
  const answer = await test.api.inject({ method: 'POST', url, headers: file, payload });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  await test.api.inject({ url: '/api/v1/export?format=csv', headers });
  const period = { form: 'month', from: '2022-01-01', to: '2022-01-31' };
  await ask('POST', '/issues', { ...period, id: uuidv7(), remark });
}

async function actAtTheDoor(): Promise<void> {
  for (const [login, password] of [
    ['administrator', 'Не-тот-пароль-совсем'],
    [CANARIES.typed, CANARIES.password],
  ])
    await test.api.inject({ method: 'POST', url: '/api/v1/session', payload: { login, password } });
  const password = 'сорок бочек мандаринов';
  await ask('PUT', '/session/password', { current: TEST_PASSWORD, password });
  await ask('GET', '/audit/export?format=csv');
}

beforeAll(async () => {
  const key = randomBytes(32);
  test = await testApi([{ role: 'administrator' }], ({ db }) => ({
    channels: makeChannels({ db, now: Date.now, key, publicUrl: null }),
    partners: new Partners({ db, now: Date.now, key, allowed: [] }),
  }));
  await fillReference(test.base.db, 'eao');
  headers = bearer(await tokenOf(test.api, 'administrator'));
  await actOnSystems();
  await actOnResidents();
  await actAtTheDoor();
});
afterAll(() => test.stop());

it('every act has its line, and no line holds a secret or what a resident said', async () => {
  const lines = await test.base.owner.selectFrom('audit').selectAll().orderBy('id').execute();
  const all = JSON.stringify(lines).toLowerCase();
  for (const canary of Object.values(CANARIES)) expect(all).not.toContain(canary.toLowerCase());
  expect(all).not.toContain('мандарин');
  for (const { action, detail } of lines)
    expect(AUDIT_DETAILS[action as AuditKind].safeParse(detail).error, action).toBeUndefined();
  expect(new Set(lines.map(({ action }) => action))).toEqual(
    new Set([
      'login',
      'login_failed',
      'password_changed',
      'partner_add',
      'partner_change',
      'partner_revoke',
      'open_reading',
      'channel_add',
      'channel_edit',
      'channel_state',
      'import',
      'export',
      'report_issue',
      'audit_export',
    ]),
  );
});

it('a change is told before and after, and by its own fields alone', async () => {
  const read = async (action: string) => {
    const [line] = await test.base.owner
      .selectFrom('audit')
      .select(['detail', 'about'])
      .where('action', '=', action)
      .execute();
    return line;
  };
  expect(await read('partner_change')).toEqual({
    about: partner,
    detail: { partner, name: 'Портал', before: { name: 'Портал' }, after: { name: 'Портал области' } },
  });
  expect((await read('partner_add'))?.detail).toMatchObject({
    after: { webhookUrl: 'https://portal.example/hook' },
  });
  expect(await read('channel_edit')).toEqual({
    about: page,
    detail: {
      channel: page,
      name: 'ЦУР',
      secrets: ['token', 'secret'],
      before: { watch: [] },
      after: { watch: ['яма'] },
    },
  });
  expect((await read('channel_state'))?.detail).toMatchObject({
    before: { state: 'active' },
    after: { state: 'paused' },
  });
  expect((await read('export'))?.detail).toEqual({ format: 'csv', from: null, to: null, rows: 2 });
});
