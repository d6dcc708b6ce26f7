import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, CENTRE_ROLES, type Role } from '#shared/domain/actor.ts';
import { helloResponseSchema } from '#shared/protocol/sync.ts';
import { makeChannels } from '#server/channels/channels.ts';
import { Mailer } from '#server/mail/mailer.ts';
import { Partners } from '#server/partners/partners.ts';
import { SecondFactor } from '#server/second-factor/second-factor.ts';
import { SignIn } from '#server/sign-in/sign-in.ts';
import { photoHash } from '#server/photos/photo-store.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { csvOf } from '#tests/fixtures/exchange.ts';
import { fileOf } from '#tests/helpers/attachment-desk.ts';
import { fillReference, registerArgs, sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

/** Stands in everything that tells who a resident is. */
const PERSON = 'Тайнофамильев';
const PHONE = '89145550123';
const PAGE = 'tainofamiliev77';
const NAMES = [PERSON, PHONE, PAGE];
const PERIOD = 'form=month&from=2022-01-01&to=2022-01-31';
const picture = Buffer.from(photoBytes({ data: [7, 7, 7] }));
const file = fileOf(picture, PERSON);

let desk: TestApi;
let operator: TestClient;
let incident = '';
const tokens = new Map<Role, string>();
const headersOf = (role: Role) => bearer(tokens.get(role) ?? '');

async function registerResident(): Promise<string> {
  const id = uuidv7();
  const usual = registerArgs(`Звоните ${PHONE}, нет отопления`);
  await operator.do(id, 'register', {
    ...usual,
    author: { name: PERSON, url: `https://vk.com/${PAGE}` },
    source: { ...usual.source, placeUrl: `https://vk.com/${PAGE}` },
    attachments: [file],
  });
  await operator.do(id, 'classify', { group: 'ЖКХ', topic: 'Отопление', from: '' });
  await operator.do(id, 'route', { agency: 'roads', unit: '', from: '', reason: PHONE });
  await operator.do(id, 'note', { text: PHONE, attachments: [file] });
  const message = { text: PHONE, at: Date.now() - 1000, url: `https://vk.com/${PAGE}` };
  await operator.do(id, 'receiveMessage', { ...message, author: PERSON, attachments: [file] });
  await operator.do(id, 'tag', { add: [PHONE], remove: [] });
  return id;
}

/** A file of another system with a column of its own, and a row with fields of a later release. */
async function importResidents(): Promise<void> {
  const source = csvOf([
    ['Номер инцидента', 'Дата создания', 'Текст', 'ФИО автора', 'Телефон'],
    ['900001', '17.12.2025 20:11', 'Яма', PERSON, PHONE],
  ]);
  const payload = Buffer.from(await source.read(0, source.size));
  const mapping = encodeURIComponent(JSON.stringify({ 1: 'createdAt', 2: 'text' }));
  const headers = { ...headersOf('operator'), 'content-type': 'application/octet-stream' };
  const url = `/api/v1/import?mapping=${mapping}`;
  const answer = await desk.api.inject({ method: 'POST', url, headers, payload });
  if (!answer.body.includes('"created":1')) throw new Error(answer.body);
  const later = JSON.stringify({ passport: PERSON, author2: { name: PERSON }, phones: [PHONE] });
  await sql`update incident set row = row || ${later}::jsonb where id = ${incident}`.execute(desk.base.owner);
  await sql`update event set data = data || ${later}::jsonb where incident_id = ${incident}`.execute(
    desk.base.owner,
  );
  await sql`update reference set row = row || ${later}::jsonb
    where kind in ('agency', 'policy', 'topic')`.execute(desk.base.owner);
}

async function tellExample(): Promise<void> {
  await desk.api.inject({
    method: 'PUT',
    url: `/api/v1/photos/${photoHash(picture)}`,
    headers: { ...headersOf('operator'), 'content-type': 'image/jpeg' },
    payload: picture,
  });
  const id = uuidv7();
  const before = { hash: photoHash(picture), width: 1280, height: 960, caption: PHONE };
  const row = { id, incident, month: '2021-12', text: PHONE, author: PERSON, before, after: null, order: 1 };
  const command = operator.nextEnvelope(id, 'saveRecord', { kind: 'example', row, from: null });
  const { outcomes } = await operator.push(command);
  if (outcomes[0]?.status !== 'applied') throw new Error(JSON.stringify(outcomes));
}

beforeAll(async () => {
  const accounts = ROLES.map((role) => ({ role, login: role }));
  const key = randomBytes(32);
  desk = await testApi(accounts, ({ db }) => ({
    channels: makeChannels({ db, now: Date.now, key, publicUrl: null }),
    partners: new Partners({ db, now: Date.now, key, allowed: [] }),
    mailer: new Mailer({ db, now: Date.now, key, allowed: [] }),
    signIn: new SignIn({ db, now: Date.now, key, allowed: [] }),
    secondFactor: new SecondFactor({ db, now: Date.now, key }),
    scheduler: { read: async () => [], follow: () => undefined },
  }));
  await fillReference(desk.base.db, 'eao');
  for (const role of ROLES) tokens.set(role, await tokenOf(desk.api, role));
  const session = await desk.api.inject({ url: '/api/v1/session', headers: headersOf('operator') });
  const { account } = session.json<{ account: { id: string } }>();
  operator = new TestClient(desk.base.db, sessionOfRole('operator', { account: account.id }));
  incident = await registerResident();
  await importResidents();
  await tellExample();
  const issue = { form: 'month', from: '2022-01-01', to: '2022-01-31', id: uuidv7(), remark: 'к докладу' };
  const headers = headersOf('approver');
  const issued = await desk.api.inject({ method: 'POST', url: '/api/v1/issues', headers, payload: issue });
  if (issued.statusCode >= 300) throw new Error(issued.body);
});
afterAll(() => desk.stop());

const EVERYBODY = ROLES;
const READERS: readonly Role[] = ['operator', 'approver', 'observer', 'administrator'];
const ADMINISTRATOR: readonly Role[] = ['administrator'];

/** Every path that can be read, and whose it is. A new one is entered here, or the test fails. */
const PATHS: Readonly<Record<string, readonly Role[]>> = {
  '/api/v1/about': EVERYBODY,
  '/api/v1/numbering': ADMINISTRATOR,
  '/api/v1/session': EVERYBODY,
  '/api/v1/session/demo': EVERYBODY,
  '/api/v1/session/second-factor': EVERYBODY,
  '/api/v1/sync/changes': EVERYBODY,
  '/api/v1/sync/digest': EVERYBODY,
  '/api/v1/sync/snapshot': EVERYBODY,
  '/api/v1/sync/bucket': EVERYBODY,
  '/api/v1/incidents/{id}': EVERYBODY,
  '/api/v1/incidents/{id}/media/{message}/{n}': EVERYBODY,
  '/api/v1/incidents/{id}/attachments/{hash}': EVERYBODY,
  '/api/v1/reference': EVERYBODY,
  '/api/v1/photos/{hash}': EVERYBODY,
  '/api/v1/export': CENTRE_ROLES,
  '/api/v1/issues': READERS,
  '/api/v1/issues/{number}': READERS,
  '/api/v1/channels': CENTRE_ROLES,
  '/api/v1/channels/{id}/log': CENTRE_ROLES,
  '/api/v1/channels/{id}/log/words': CENTRE_ROLES,
  '/api/v1/incidents/{id}/sending': CENTRE_ROLES,
  '/api/v1/sending': CENTRE_ROLES,
  '/api/v1/sessions': EVERYBODY,
  '/api/v1/sign-in': EVERYBODY,
  '/api/v1/sign-in/session': EVERYBODY,
  '/api/v1/sign-in/provider': ADMINISTRATOR,
  '/api/v1/sign-in/directory': ADMINISTRATOR,
  '/api/v1/accounts': ADMINISTRATOR,
  '/api/v1/accounts/loads': ADMINISTRATOR,
  '/api/v1/accounts/deputies': ADMINISTRATOR,
  '/api/v1/accounts/{id}/sessions': ADMINISTRATOR,
  '/api/v1/accounts/{id}/notices': ADMINISTRATOR,
  '/api/v1/mail': ADMINISTRATOR,
  '/api/v1/mail/log': ADMINISTRATOR,
  '/api/v1/notices': EVERYBODY,
  '/api/v1/notices/bot': EVERYBODY,
  '/api/v1/notices/bots': ADMINISTRATOR,
  '/api/v1/notices/unsubscribe/{token}': EVERYBODY,
  '/api/v1/partners': ADMINISTRATOR,
  '/api/v1/partners/{id}/deliveries': ADMINISTRATOR,
  '/api/v1/jobs': ADMINISTRATOR,
  '/api/v1/feed-alarms': ADMINISTRATOR,
  '/api/v1/loads': ADMINISTRATOR,
  '/api/v1/loads/{id}': ADMINISTRATOR,
  '/api/v1/audit': ADMINISTRATOR,
  '/api/v1/audit/export': ADMINISTRATOR,
};

/** The requests of a path, with what there is to find in them. */
async function requestsOf(path: string, role: Role): Promise<readonly string[]> {
  const hello = await desk.api.inject({
    method: 'POST',
    url: '/api/v1/sync/hello',
    headers: headersOf(role),
    payload: { protocols: [1], appVersion: 'test', clientId: operator.clientId },
  });
  const { epoch, scopeHash } = helloResponseSchema.parse(hello.json());
  const feed = `after=0&limit=5000&clientId=${operator.clientId}&epoch=${epoch}&scope=${scopeHash}`;
  const special: Readonly<Record<string, readonly string[]>> = {
    '/api/v1/sync/changes': [`/api/v1/sync/changes?${feed}`],
    '/api/v1/sync/snapshot': ['reference', 'open', 'closed'].map((part) => `${path}?part=${part}`),
    '/api/v1/sync/bucket': Array.from({ length: 256 }, (_, n) => `${path}?bucket=${n}`),
    '/api/v1/export': ['csv', 'xlsx'].map((format) => `${path}?format=${format}`),
    '/api/v1/audit/export': [`${path}?format=csv`],
    '/api/v1/issues': [`${path}?${PERIOD}`],
    '/api/v1/issues/{number}': [`/api/v1/issues/1?${PERIOD}`],
    '/api/v1/photos/{hash}': [`/api/v1/photos/${photoHash(picture)}`],
  };
  const filled = path
    .replace('{id}', path.includes('incidents') ? incident : uuidv7())
    .replace('{hash}', file.hash)
    .replace('{message}', '0')
    .replace('{n}', '0');
  return special[path] ?? [filled];
}

const readAs = async (role: Role, path: string) =>
  Promise.all(
    (await requestsOf(path, role)).map((url) => desk.api.inject({ url, headers: headersOf(role) })),
  );

it('the paths are all that the API has', async () => {
  const { paths } = (await desk.api.inject('/api/v1/openapi.json')).json<{
    paths: Record<string, Record<string, unknown>>;
  }>();
  const readable = Object.keys(paths).filter(
    (path) => paths[path]?.['get'] !== undefined && path.startsWith('/api/') && !path.endsWith('/stream'),
  );
  expect(new Set(readable)).toEqual(new Set(Object.keys(PATHS)));
});

describe.each(ROLES)('%s', (role) => {
  it.each(Object.entries(PATHS))('reads %s only where it is meant for this role', async (path, roles) => {
    for (const { statusCode } of await readAs(role, path))
      expect(statusCode === 403, String(statusCode)).toBe(!roles.includes(role));
  });
});

describe('an observer', () => {
  it.each(Object.keys(PATHS))('reads of no resident at %s', async (path) => {
    for (const { body } of await readAs('observer', path))
      for (const name of NAMES) expect(body.toLowerCase()).not.toContain(name.toLowerCase());
  });
});

it('whose work it is sees them: the attacks ask for what is there', async () => {
  const seen = await Promise.all(
    Object.keys(PATHS).map(async (path) => {
      const bodies = (await readAs('operator', path)).map(({ body }) => body).join('');
      return NAMES.every((name) => bodies.includes(name)) ? [path] : [];
    }),
  );
  expect(seen.flat()).toEqual([
    '/api/v1/sync/changes',
    '/api/v1/sync/snapshot',
    '/api/v1/sync/bucket',
    '/api/v1/incidents/{id}',
    '/api/v1/export',
  ]);
  const exported = await desk.api.inject({
    url: '/api/v1/export?format=csv',
    headers: headersOf('operator'),
  });
  expect(exported.body).toContain('ФИО автора');
});
