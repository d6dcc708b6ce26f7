import { randomBytes } from 'node:crypto';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { PartnerDraft } from '#shared/protocol/partners.ts';
import type { Api } from '#server/api/api.ts';
import { buildApp } from '#server/api/app.ts';
import { Partners } from '#server/partners/partners.ts';
import { withScope } from '#server/store/database.ts';
import { GEOREPORT_SCHEMAS } from '#tests/fixtures/georeport-schemas.ts';
import { open311Client } from '#tests/helpers/open311-client.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { registerArgs, sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';
import { elementsOf } from '#tests/helpers/xml-elements.ts';
import { withoutIds } from '#tests/helpers/without-ids.ts';

const DRAFT: PartnerDraft = { name: 'Портал «Наш дом»', reads: 'own', webhook: null };
const BASE = '/api/open311/eao/v2';
const ajv = new Ajv({ strict: false });

let base: FreshDatabase;
let api: Api;
let partners: Partners;
let origin: string;
let key: string;
const logged: string[] = [];

beforeAll(async () => {
  base = await syncDatabase();
  partners = new Partners({ db: base.db, now: Date.now, key: randomBytes(32), allowed: [] });
  api = await buildApp({
    db: base.db,
    partners,
    now: Date.now,
    consoleDir: null,
    metricsToken: null,
    trustProxy: '127.0.0.1',
    log: { write: (line) => void logged.push(line) },
    logLevel: 'debug',
  });
  origin = await api.listen({ host: '127.0.0.1', port: 0 });
});

beforeEach(async () => {
  ({ key } = await partners.add('eao', DRAFT));
  await partners.setOpenReading('eao', false);
});

afterAll(async () => {
  await api.close();
  await base.stop();
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
  readonly type: string;
  readonly retryAfter: string | null;
}

let strangers = 0;
/** Each test's strangers come from addresses of their own. */
const nextAddress = (): string => `203.0.113.${(strangers += 1)}`;

async function call(path: string, init: RequestInit = {}, address = nextAddress()): Promise<Answer> {
  const headers = { ...(init.headers as Record<string, string>), 'x-forwarded-for': address };
  const answer = await fetch(`${origin}${path}`, { ...init, headers });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  return {
    status: answer.status,
    text,
    type,
    retryAfter: answer.headers.get('retry-after'),
    json: type.includes('json') ? JSON.parse(text) : null,
  };
}

const read = (path: string, withKey: string | null = key): Promise<Answer> =>
  call(`${BASE}${path}`, withKey === null ? {} : { headers: { 'x-api-key': withKey } });

const post = (fields: Record<string, string>, format = 'json'): Promise<Answer> =>
  call(`${BASE}/requests.${format}`, { method: 'POST', body: new URLSearchParams(fields) });

const hand = (fields: Record<string, string> = {}): Promise<Answer> =>
  post({
    api_key: key,
    service_code: 'unsorted',
    description: 'Яма на дороге',
    lat: '48.79',
    long: '132.92',
    ...fields,
  });

/** Throws with ajv's words when an answer is not what GeoReport says it is. */
function fits(name: keyof typeof GEOREPORT_SCHEMAS, value: unknown): void {
  const check = ajv.compile(GEOREPORT_SCHEMAS[name]);
  if (!check(value)) throw new Error(`${name}: ${ajv.errorsText(check.errors)}`);
}

const createdId = (answer: Answer): string => {
  fits('created', answer.json);
  return must(idsSchema.parse(answer.json)[0], 'an id').service_request_id;
};

async function incident(id: string, region = 'eao'): Promise<Incident> {
  const { row } = await withScope(base.db, { region }, (tx) =>
    tx.selectFrom('incident').select('row').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  return row as unknown as Incident;
}

const refusal = async (answer: Promise<Answer>): Promise<string> => {
  const { json, status } = await answer;
  fits('errors', json);
  return `${status} ${z.array(z.object({ description: z.string() })).parse(json)[0]?.description}`;
};

const idsSchema = z.array(z.object({ service_request_id: z.string() }));
const servicesSchema = z.array(
  z.object({ service_code: z.string(), service_name: z.string(), group: z.string() }),
);
const potholes = (services: unknown) =>
  must(
    servicesSchema.parse(services).find(({ service_name: name }) => name.includes('Ямы')),
    'a service',
  );

test('an independent client discovers, lists, hands in and follows', async () => {
  const discovery = `${origin}${BASE}/discovery.json`;
  const client = open311Client({ discovery, jurisdiction: 'eao', apiKey: key });
  fits('discovery', await client.discover());
  expect(client.endpoint()).toBe(`${origin}${BASE}/`);
  // It sends no key with a reading call: the region must read openly.
  await expect(client.services()).rejects.toThrow('403');
  await partners.setOpenReading('eao', true);
  const services = await client.services();
  fits('services', services);
  const { service_code: code } = potholes(services);
  fits('definition', await client.definition(code));
  const data = {
    service_code: code,
    address_string: 'г Биробиджан, ул Ленина, 5',
    description: 'Яма & люк <открыт>',
    attributes: { external_id: '98211023614189660' },
  };
  const id = must(idsSchema.parse(await client.submit(data))[0], 'a request').service_request_id;
  const [found] = z.array(z.looseObject({ requested_datetime: z.date() })).parse(await client.request(id));
  expect(found).toMatchObject({
    service_request_id: id,
    status: 'open',
    service_code: code,
    description: 'Яма & люк <открыт>',
    address: data.address_string,
  });
  expect(found?.requested_datetime.getTime()).toBeCloseTo(Date.now(), -6);
  expect(idsSchema.parse(await client.requests([id]))).toEqual([{ service_request_id: id }]);
});

test('a request becomes an incident with its topic, place, coordinates and an author to answer', async () => {
  const service = potholes((await read('/services.json')).json);
  const handed = await hand({
    service_code: service.service_code,
    address_string: 'г Биробиджан, ул Ленина, 5',
    first_name: 'Иван',
    last_name: 'Петров',
    phone: '+7 914 555-66-77',
    email: 'ivan@example.test',
    media_url: 'https://portal.example/photo.jpg',
  });
  expect(handed.status).toBe(201);
  const made = await incident(createdId(handed));
  expect(made).toMatchObject({
    text: 'Яма на дороге',
    source: { network: 'other', kind: 'portal', hasMedia: true },
    author: { name: 'Иван Петров (ivan@example.test)', url: 'tel:+7 914 555-66-77' },
    classification: { group: service.group },
    place: { street: 'Ленина', house: '5' },
    step: { name: 'new' },
  });
  expect(made.number).toBeTypeOf('number');
  expect(made.notes[0]?.text).toMatch(/системой: Портал «Наш дом»[\s\S]*48\.79, 132\.92[\s\S]*photo\.jpg/);
  expect(made.notes[0]?.text).not.toMatch(/Иван|914|example\.test/);
  const answer = await read(`/requests/${made.id}.json`);
  fits('requests', answer.json);
  expect(answer.json).toMatchObject([
    { lat: 48.79, long: 132.92, service_notice: `Номер в центре: ${made.number}`, status_notes: 'Создан' },
  ]);
  expect(withoutIds(answer.text)).not.toMatch(/Иван|Петров|914|ivan@/);
});

test('the same number of the partner is one request, at once and again, and another partner’s is another', async () => {
  const again = Array.from({ length: 8 }, () => hand({ 'attribute[external_id]': 'N-1' }));
  const ids = new Set((await Promise.all(again)).map(createdId));
  expect(ids.size).toBe(1);
  expect((await hand({ 'attribute[external_id]': 'N-1', description: 'Другие слова' })).status).toBe(200);
  const other = await partners.add('eao', { ...DRAFT, name: 'Другой' });
  ids.add(createdId(await hand({ api_key: other.key, 'attribute[external_id]': 'N-1' })));
  for (let count = 0; count < 2; count += 1) ids.add(createdId(await hand()));
  expect(ids.size).toBe(4);
});

test('says in Open311’s form what does not fit, and makes nothing of it', async () => {
  const count = () =>
    withScope(base.db, { region: 'eao' }, (tx) => tx.selectFrom('incident').select('id').execute());
  const before = (await count()).length;
  const refusals: [Record<string, string>, string][] = [
    [{ service_code: '' }, '400 Не указано: service_code.'],
    [{ service_code: 'нет такой' }, '404 Нет такой услуги: service_code.'],
    [{ lat: '', long: '' }, '400 Не указано: lat, long / address_string / address_id.'],
    [{ long: '' }, '400 Не указано: long.'],
    [{ lat: '91' }, '400 Не подходит значение: lat.'],
    [{ lat: '1e1' }, '400 Не подходит значение: lat.'],
    [{ lat: '98211023614189660' }, '400 Не подходит значение: lat.'],
    [{ lat: 'NaN' }, '400 Не подходит значение: lat.'],
    [{ description: '' }, '400 Не указано: description.'],
    [{ media_url: 'javascript:alert(1)' }, '400 Не подходит значение: media_url.'],
    [{ 'attribute[municipality]': 'moon' }, '400 Не подходит значение: attribute[municipality].'],
    [{ 'attribute[external_id]': 'x'.repeat(201) }, '400 Не подходит значение: attribute[external_id].'],
    [{ jurisdiction_id: 'amur' }, '404 Нет такой территории: jurisdiction_id.'],
    [{ api_key: '' }, '403 Нужен ключ: api_key.'],
    [{ api_key: 'pult_wrong' }, '403 Ключ не действует в этом регионе.'],
  ];
  for (const [fields, expected] of refusals) expect(await refusal(hand(fields))).toBe(expected);
  const send = (body: BodyInit, type = 'application/x-www-form-urlencoded') =>
    call(`${BASE}/requests.json`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, 'accept-language': 'en' },
    });
  const form = `api_key=${key}&service_code=unsorted&lat=48&long=132&description=`;
  const page = { method: 'POST', headers: { origin: 'https://evil.example', 'x-api-key': key } };
  expect(await refusal(call(`${BASE}/requests.json`, page))).toContain('403 Запросы со страниц');
  expect(await refusal(send('{}', 'application/json'))).toBe('400 Send application/x-www-form-urlencoded.');
  expect(await refusal(send(new FormData(), 'multipart/form-data; boundary=x'))).toContain('400 Send');
  expect(await refusal(send(`${form}%FF%FE`))).toBe('400 The text is not UTF-8.');
  expect(await refusal(send(Buffer.concat([Buffer.from(form), Buffer.from([0xff])])))).toBe(
    '400 The text is not UTF-8.',
  );
  expect(await refusal(send(`${form}${'x'.repeat(2 * 1024 ** 2)}`))).toBe('413 The request is too large.');
  expect(await refusal(send(form + 'x'.repeat(100_001)))).toBe('400 The value does not fit: description.');
  expect(await refusal(read('/requests.yaml'))).toBe('404 Нет такого адреса.');
  expect(await refusal(read('/tokens/1.json'))).toContain('404 Временных номеров');
  expect(await count()).toHaveLength(before);
  // Nothing of it was our own fault, and no key came into the log.
  expect(logged.filter((line) => line.includes('"status":500'))).toEqual([]);
  expect(logged.join('')).not.toContain(key);
});

test('long texts, emoji, right-to-left and NUL get in, and XML says them as they are', async () => {
  const tricky =
    '</description><status>closed</status>&amp;]]> 🕳️ שלום \u0000\u0001\u000B\uFFFE "кавычки" \'\r\nстрока';
  const id = createdId(
    await hand({ description: tricky, address_string: '<!DOCTYPE x [<!ENTITY e "x">]>&e;' }),
  );
  const { text, type } = await read(`/requests/${id}.xml`);
  expect(type).toContain('text/xml');
  const found = elementsOf(text);
  const of = (name: string) => found.filter(([header]) => header === name).map(([, said]) => said);
  expect(of('status')).toEqual(['open']);
  expect(of('description')).toEqual([
    '</description><status>closed</status>&amp;]]> 🕳️ שלום \uFFFD\uFFFD\uFFFD "кавычки" \'\r\nстрока',
  ]);
  expect(of('address')).toEqual(['<!DOCTYPE x [<!ENTITY e "x">]>&e;']);
  expect(of('service_request_id')).toEqual([id]);
  const long = createdId(await hand({ description: 'я'.repeat(100_000) }));
  expect((await incident(long)).text).toHaveLength(100_000);
  fits('requests', (await read(`/requests/${long}.json`)).json);
  expect((await hand({ description: `ул. ${'А'.repeat(5000)} ${'Б'.repeat(5000)}` })).status).toBe(201);
  const made = await post(
    { api_key: key, service_code: 'unsorted', description: 'x', address_id: '1' },
    'xml',
  );
  expect(elementsOf(made.text).map(([name]) => name)).toEqual([
    'service_request_id',
    'service_notice',
    'account_id',
    'request',
    'service_requests',
  ]);
  const errors = await post({ service_code: 'unsorted' }, 'xml');
  expect(elementsOf(errors.text)).toEqual([
    ['code', '403'],
    ['description', 'Нужен ключ: api_key.'],
    ['error', ''],
    ['errors', ''],
  ]);
  for (const path of ['services', 'services/unsorted', 'discovery', 'requests'])
    expect(elementsOf((await read(`/${path}.xml`)).text).length).toBeGreaterThan(3);
});

test('the list keeps to its filters and to GeoReport’s limits', async () => {
  const [first, second] = [createdId(await hand()), createdId(await hand({ description: 'Спам' }))];
  const operator = new TestClient(base.db, sessionOfRole('operator'));
  await operator.do(second, 'reject', { reason: 'spam', comment: '' });
  const ids = async (query: string): Promise<string[]> => {
    const { json } = await read(`/requests.json?${query}`);
    fits('requests', json);
    return idsSchema.parse(json).map((request) => request.service_request_id);
  };
  expect(await ids('')).toEqual([second, first]);
  expect(await ids('status=open')).toEqual([first]);
  expect(await ids('status=closed')).toEqual([second]);
  expect(await ids('status=open,closed')).toHaveLength(2);
  expect(await ids('service_code=unsorted')).toHaveLength(2);
  expect(
    await ids(`service_request_id=${first},98211023614189660,nothing,${second}&status=open`),
  ).toHaveLength(2);
  expect(await ids('start_date=2020-01-01T00:00:00Z&end_date=2020-03-01T00:00:00Z')).toEqual([]);
  const today = new Date().toISOString().slice(0, 10);
  expect(await ids(`start_date=${today}T00:00:00%2B00:00`)).toHaveLength(2);
  expect(await refusal(read('/requests.json?start_date=2020-01-01&end_date=2021-01-01'))).toBe(
    '400 Между датами больше 90 дней.',
  );
  expect(await refusal(read('/requests.json?start_date=yesterday'))).toBe(
    '400 Не подходит значение: start_date.',
  );
  expect(await refusal(read('/requests.json?status=lost'))).toBe('400 Не подходит значение: status.');
  expect(await refusal(read('/requests.json?service_code=x'))).toBe('404 Нет такой услуги: service_code.');
  expect(await refusal(read('/requests/98211023614189660.json'))).toBe(
    '404 Нет такого обращения: service_request_id.',
  );
});

test('reading is closed to all but those who may: own, all, openly', async () => {
  const mine = createdId(await hand());
  const neighbour = await partners.add('eao', { ...DRAFT, name: 'Сосед' });
  const map = await partners.add('eao', { ...DRAFT, name: 'Карта', reads: 'all' });
  const operator = new TestClient(base.db, sessionOfRole('operator'));
  const comment = await operator.register('Комментарий под записью');
  const letter = '0198c0de-0000-7000-8000-00000000000a';
  const { source, ...args } = registerArgs('Личное письмо');
  await operator.do(letter, 'register', { ...args, source: { ...source, network: 'other', kind: 'letter' } });
  const status = async (id: string, withKey: string | null) =>
    (await read(`/requests/${id}.json`, withKey)).status;
  expect(await status(mine, key)).toBe(200);
  expect(await status(mine, neighbour.key)).toBe(404);
  expect(await status(comment, neighbour.key)).toBe(404);
  expect(await status(mine, map.key)).toBe(200);
  expect(await status(comment, map.key)).toBe(200);
  expect(await status(letter, map.key)).toBe(404);
  expect(await status(mine, null)).toBe(403);
  await partners.setOpenReading('eao', true);
  expect(await status(mine, null)).toBe(200);
  expect(await status(letter, null)).toBe(404);
  expect((await read('/requests.json', null)).text).not.toMatch(/Иван Петров|Личное письмо|id1"/);
  expect((await post({ service_code: 'unsorted', lat: '1', long: '1', description: 'x' })).status).toBe(403);
});

test('a key works in its region alone, and no longer once it is revoked', async () => {
  const { id, key: amurKey } = await partners.add('amur', DRAFT);
  expect(await refusal(read('/services.json', amurKey))).toBe('403 Ключ не действует в этом регионе.');
  const foreign = createdId(
    await call('/api/open311/amur/v2/requests.json', {
      method: 'POST',
      body: new URLSearchParams({
        api_key: amurKey,
        service_code: 'unsorted',
        description: 'x',
        lat: '1',
        long: '1',
      }),
    }),
  );
  expect((await incident(foreign, 'amur')).region).toBe('amur');
  await partners.setOpenReading('eao', true);
  expect((await read(`/requests/${foreign}.json`)).status).toBe(404);
  expect((await read(`/requests.json?service_request_id=${foreign}`)).json).toEqual([]);
  expect(await refusal(call('/api/open311/moon/v2/services.json'))).toBe(
    '404 Нет такой территории: jurisdiction_id.',
  );
  expect(await partners.revoke('amur', id)).toBe(true);
  expect(await partners.revoke('eao', id)).toBe(false);
  expect(
    (await call('/api/open311/amur/v2/services.json', { headers: { 'x-api-key': amurKey } })).status,
  ).toBe(403);
  const stored = JSON.stringify(await base.owner.selectFrom('partner').selectAll().execute());
  expect(stored).not.toContain(key);
});

test('a flood of strangers is turned away before the database, a partner’s own flood is slowed', async () => {
  const address = '198.51.100.7';
  const knock = (withKey: string) =>
    call(`${BASE}/services/unsorted.json`, { headers: { 'x-api-key': withKey } }, address);
  await call(`${BASE}/services.json`, { headers: { 'x-api-key': key } }, address);
  const statuses = await Promise.all(Array.from({ length: 100 }, (_, index) => knock(`pult_guess-${index}`)));
  const count = (wanted: number): number => statuses.filter(({ status }) => status === wanted).length;
  expect([count(403), count(429)]).toEqual([60, 40]);
  expect((await knock(key)).status).toBe(200);
  const used = (next_at: number) =>
    base.owner.updateTable('rate_limit').set({ next_at }).where('token_key', 'like', 'intake:%').execute();
  await used(Date.now() + 3_600_000);
  expect(await knock(key)).toMatchObject({ status: 429, retryAfter: '1' });
  await used(0);
  expect((await knock(key)).status).toBe(200);
});
