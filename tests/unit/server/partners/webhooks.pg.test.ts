import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '#shared/domain/must.ts';
import { partnerKeysSchema, partnersSchema, type PartnerDraft } from '#shared/protocol/partners.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import type { Api } from '#server/api/api.ts';
import { buildApp } from '#server/api/app.ts';
import { Partners } from '#server/partners/partners.ts';
import { readPartnerDeliveries } from '#server/partners/read-partners.ts';
import { runWebhooks } from '#server/partners/runner.ts';
import { resendDelivery, sendDeliveries } from '#server/partners/send-deliveries.ts';
import { makePartnerDeliveries } from '#server/partners/tell-partners.ts';
import { withScope } from '#server/store/database.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';
import { bearer, TEST_PASSWORD, tokenOf } from '#tests/helpers/test-api.ts';
import { withoutIds } from '#tests/helpers/without-ids.ts';

interface Heard {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let base: FreshDatabase;
let api: Api;
let partners: Partners;
let receiver: Server;
let hook: string;
let heard: Heard[] = [];
/** Statuses the receiver answers, one after another; 200 when none is left. */
let answers: number[] = [];
const clock = { ahead: 0 };

beforeAll(async () => {
  base = await syncDatabase();
  const now = (): number => Date.now() + clock.ahead;
  partners = new Partners({ db: base.db, now, key: randomBytes(32), allowed: ['127.0.0.0/8'] });
  api = await buildApp({
    db: base.db,
    partners,
    now,
    consoleDir: null,
    metricsToken: null,
    trustProxy: null,
    log: { write: () => undefined },
    logLevel: 'silent',
  });
  for (const role of ['administrator', 'operator'] as const)
    await createAccount(
      base.db,
      'eao',
      { login: role, displayName: role, role, agency: null, password: TEST_PASSWORD },
      now(),
    );
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const status = answers.shift() ?? 200;
      if (status === 0) return void request.socket.destroy();
      if (status < 300) heard.push({ headers: request.headers, body });
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('ok');
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});

beforeEach(() => {
  clock.ahead = 0;
  [heard, answers] = [[], []];
});

afterAll(async () => {
  receiver.close();
  await api.close();
  await base.stop();
});

const draft = (change: Partial<PartnerDraft> = {}): PartnerDraft => ({
  name: 'Портал',
  reads: 'own',
  webhook: { url: hook, events: ['new', 'step', 'answered'] },
  ...change,
});

async function handIn(
  key: string,
  description = 'Яма, звоните 89145556677, дома 2–15–20, дворник@двор.рф',
): Promise<string> {
  const answer = await api.inject({
    method: 'POST',
    url: '/api/open311/eao/v2/requests.json',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-api-key': key },
    payload: new URLSearchParams({
      service_code: 'unsorted',
      description,
      lat: '48.79',
      long: '132.92',
      first_name: 'Иван',
      phone: '89140000000',
    }).toString(),
  });
  return must(z.array(z.object({ service_request_id: z.string() })).parse(answer.json())[0], 'an id')
    .service_request_id;
}

async function turn(id: string, ms = 0): Promise<void> {
  clock.ahead += ms;
  await makePartnerDeliveries(partners, 'eao', id);
  await sendDeliveries(partners, 'eao', id);
}

const states = async (id: string) =>
  (await readPartnerDeliveries(base.db, 'eao', id)).map(({ state, problem, attempts }) => [
    state,
    problem,
    attempts,
  ]);
const deliveries = (): unknown[] =>
  heard
    .map(({ body }) => z.object({ event: z.string(), step: z.string() }).parse(JSON.parse(body)))
    .map(({ event, step }) => `${event} ${step}`);

/** Carries a request through to a published answer. */
async function answer(incident: string): Promise<void> {
  const approver = new TestClient(base.db, sessionOfRole('approver'));
  await approver.do(incident, 'classify', { group: 'Дороги', topic: 'Ямы', from: '' });
  await approver.do(incident, 'route', { agency: 'roads', unit: '', from: '', reason: '' });
  await approver.do(incident, 'takeToWork', {});
  await approver.do(incident, 'draftReply', { text: 'Починили', kind: 'final', promises: [] });
  await approver.do(incident, 'submitForApproval', {});
  await approver.approve(incident, 'Починили');
  const at = Date.now();
  const published = await approver.do(incident, 'recordPublication', {
    at,
    link: '',
    account: '',
    hasMedia: false,
  });
  expect(published.status).toBe('applied');
}

test('a partner is told each thing once, in order, signed, and of nobody but its own', async () => {
  const { id, key, secret } = await partners.add('eao', draft());
  const stranger = await partners.add('eao', draft({ webhook: null }));
  const [incident] = [await handIn(key), await handIn(stranger.key)];
  await answer(incident);
  await turn(id);
  await turn(id);
  expect(deliveries()).toEqual([
    'new new',
    'step assigned',
    'step in_progress',
    'step approval',
    'step publishing',
    'answered satisfaction',
  ]);
  const { headers, body } = must(heard.at(-1), 'a message');
  const signature = createHmac('sha256', secret)
    .update(`${String(headers['pult-timestamp'])}.${body}`)
    .digest('hex');
  expect(headers).toMatchObject({ 'pult-signature': `v1=${signature}`, 'pult-event': 'answered' });
  expect(JSON.parse(body)).toMatchObject({
    id: headers['pult-delivery'],
    request: {
      service_request_id: incident,
      status: 'open',
      status_notes: 'Починили',
      agency_responsible: 'roads',
      lat: 48.79,
    },
  });
  expect(new Set(heard.map((call) => call.headers['pult-delivery'])).size).toBe(6);
  expect(withoutIds(heard.map((call) => call.body).join(''))).not.toMatch(/Иван|8914|15.20|двор/);
  expect(await states(id)).toEqual(Array(6).fill(['sent', null, 1]));
});

test('hears only of what it asked for; an answer is a step to who asked for steps alone', async () => {
  const answered = await partners.add('eao', draft({ webhook: { url: hook, events: ['answered'] } }));
  const steps = await partners.add('eao', draft({ reads: 'all', webhook: { url: hook, events: ['step'] } }));
  await answer(await handIn(answered.key));
  await turn(answered.id);
  expect(deliveries()).toEqual(['answered satisfaction']);
  heard = [];
  await turn(steps.id);
  expect(deliveries().at(-1)).toBe('step satisfaction');
  expect(deliveries()).toHaveLength(5);
});

test('a step that was taken back is a step; what leaves the step alone is not told', async () => {
  const { id, key } = await partners.add('eao', draft({ webhook: { url: hook, events: ['step'] } }));
  const incident = await handIn(key);
  const operator = new TestClient(base.db, sessionOfRole('operator'));
  const mistake = async (name: 'classify' | 'route', args: never): Promise<void> => {
    const envelope = operator.envelope(incident, name, args);
    await operator.push(envelope);
    expect((await operator.do(incident, 'undo', { event: envelope.id })).status).toBe('applied');
  };
  await mistake('classify', { group: 'ЖКХ', topic: 'Отопление', from: '' } as never);
  await operator.do(incident, 'classify', { group: 'Дороги', topic: 'Ямы', from: '' });
  await mistake('route', { agency: 'roads', unit: '', from: '', reason: '' } as never);
  await turn(id);
  expect(deliveries()).toEqual(['step assigned', 'step new']);
  expect(JSON.parse(must(heard.at(-1), 'a message').body)).toMatchObject({
    request: { agency_responsible: null, service_name: 'Ямы' },
  });
});

test('what a partner does not take is tried again, later and later, and then waits for a person', async () => {
  const { id, key } = await partners.add('eao', draft({ webhook: { url: hook, events: ['new'] } }));
  await handIn(key);
  await handIn(key);
  answers = [500, 302, 0, ...Array<number>(6).fill(503)];
  await turn(id);
  // One that is down is not asked for the next message at once.
  expect(await states(id)).toEqual([
    ['queued', null, 0],
    ['waiting', 'http:500', 1],
  ]);
  await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.deleteFrom('partner_delivery').where('partner_id', '=', id).where('attempts', '=', 0).execute(),
  );
  await turn(id, 5000);
  expect((await states(id))[0]).toEqual(['waiting', 'http:500', 1]);
  const pauses = [10_000, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 54_000_000, 86_400_000];
  const seen: unknown[] = [];
  for (const pause of pauses) {
    await turn(id, pause);
    seen.push((await states(id))[0]?.[1]);
  }
  expect(seen.slice(0, 3)).toEqual(['http:302', 'unreachable', 'http:503']);
  expect(await states(id)).toEqual([['dead', 'http:503', 9]]);
  await turn(id, 10 * 86_400_000);
  expect(heard).toEqual([]);
  const [dead] = await readPartnerDeliveries(base.db, 'eao', id);
  expect(await resendDelivery(partners, 'amur', id, must(dead, 'a message').id)).toBe(false);
  expect(await resendDelivery(partners, 'eao', id, must(dead, 'a message').id)).toBe(true);
  await turn(id);
  expect(await states(id)).toEqual([['sent', null, 1]]);
  expect(await resendDelivery(partners, 'eao', id, must(dead, 'a message').id)).toBe(false);
});

test('a killed sender’s message goes out again with the same id; two processes send none twice', async () => {
  const { id, key } = await partners.add('eao', draft({ webhook: { url: hook, events: ['new'] } }));
  for (let count = 0; count < 20; count += 1) await handIn(key);
  await Promise.all([turn(id), turn(id), turn(id)]);
  await turn(id);
  expect(heard).toHaveLength(20);
  await withScope(base.db, { region: 'eao' }, (tx) =>
    tx
      .updateTable('partner_delivery')
      .set({ state: 'sending', changed_at: Date.now() })
      .where('partner_id', '=', id)
      .where('id', '=', String(heard[0]?.headers['pult-delivery']))
      .execute(),
  );
  await turn(id);
  expect(heard).toHaveLength(20);
  await turn(id, 61_000);
  expect(heard).toHaveLength(21);
  expect(heard[20]?.headers['pult-delivery']).toBe(heard[0]?.headers['pult-delivery']);
});

test('never calls a private address that the installation did not allow, nor a revoked partner', async () => {
  const closed = new Partners({ db: base.db, now: partners.now, key: randomBytes(32), allowed: [] });
  const { id, key } = await partners.add('eao', draft({ webhook: { url: hook, events: ['new'] } }));
  await handIn(key);
  await makePartnerDeliveries(closed, 'eao', id);
  await sendDeliveries(closed, 'eao', id);
  expect(await states(id)).toEqual([['waiting', 'private_address', 1]]);
  await partners.change(
    'eao',
    id,
    draft({ webhook: { url: 'https://169.254.169.254/latest', events: ['new'] } }),
  );
  await turn(id, 10_000);
  expect((await states(id))[0]).toEqual(['waiting', 'private_address', 2]);
  await partners.change('eao', id, draft());
  await partners.revoke('eao', id);
  await turn(id, 60_000);
  expect(heard).toEqual([]);
});

test('the runner delivers by itself and stops when it is told to', async () => {
  const { key } = await partners.add('eao', draft({ webhook: { url: hook, events: ['new'] } }));
  const troubles: unknown[] = [];
  const runner = runWebhooks(partners, (error) => troubles.push(error));
  const incident = await handIn(key);
  await expect.poll(() => heard.some(({ body }) => body.includes(incident)), { timeout: 120_000 }).toBe(true);
  await runner.stop();
  expect(troubles).toEqual([]);
});

test('administrators alone manage partners; keys are shown once', async () => {
  const tokens = new Map<string, string>();
  for (const login of ['administrator', 'operator']) tokens.set(login, await tokenOf(api, login));
  const ask = async (login: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const headers = bearer(must(tokens.get(login), 'a login'));
    return api.inject({
      method,
      url: `/api/v1/partners${url}`,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
  };
  expect((await api.inject({ url: '/api/v1/partners' })).statusCode).toBe(401);
  for (const [method, url] of [
    ['GET', ''],
    ['POST', ''],
    ['PUT', '/open-reading'],
  ] as const)
    expect((await ask('operator', method, url, method === 'GET' ? undefined : {})).statusCode).toBe(403);
  expect(
    (await ask('administrator', 'POST', '', { ...draft(), webhook: { url: 'ftp://x/', events: ['new'] } }))
      .statusCode,
  ).toBe(400);
  const made = await ask('administrator', 'POST', '', draft({ name: 'Новый' }));
  const { id, key, secret } = partnerKeysSchema.parse(made.json());
  const list = await ask('administrator', 'GET', '');
  const { partners: all, openReading, endpoint } = partnersSchema.parse(list.json());
  expect([openReading, endpoint]).toEqual([false, '/api/open311/eao/v2']);
  expect(all.find((row) => row.id === id)).toMatchObject({
    name: 'Новый',
    keyHint: key.slice(-4),
    revokedAt: null,
    requests: 0,
    dead: 0,
  });
  expect(list.body).not.toContain(key);
  expect(list.body).not.toContain(secret);
  expect((await ask('administrator', 'PUT', `/${id}`, draft({ name: 'Новее' }))).json()).toEqual({
    done: true,
  });
  expect((await ask('administrator', 'PUT', '/open-reading', { open: true })).json()).toEqual({ done: true });
  expect((await api.inject({ url: '/api/open311/eao/v2/requests.json' })).statusCode).toBe(200);
  expect((await ask('administrator', 'POST', `/${id}/revoke`)).json()).toEqual({ done: true });
  expect((await ask('administrator', 'PUT', `/${id}`, draft())).statusCode).toBe(404);
  expect((await ask('administrator', 'GET', `/${id}/deliveries`)).json()).toEqual({ deliveries: [] });
  const lines = await base.owner.selectFrom('audit').select(['action', 'detail']).execute();
  expect(lines.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['partner_add', 'partner_change', 'partner_revoke', 'open_reading']),
  );
  expect(JSON.stringify(lines)).not.toContain(key);
});
