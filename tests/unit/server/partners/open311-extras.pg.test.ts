import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { Api } from '#server/api/api.ts';
import { buildApp } from '#server/api/app.ts';
import { Partners } from '#server/partners/partners.ts';
import { withScope } from '#server/store/database.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { syncDatabase } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
let api: Api;
let origin: string;
let key: string;

beforeAll(async () => {
  base = await syncDatabase();
  const partners = new Partners({ db: base.db, now: Date.now, key: randomBytes(32), allowed: [] });
  api = await buildApp({
    db: base.db,
    partners,
    now: Date.now,
    consoleDir: null,
    metricsToken: null,
    trustProxy: null,
    log: { write: () => undefined },
    logLevel: 'error',
  });
  origin = await api.listen({ host: '127.0.0.1', port: 0 });
  ({ key } = await partners.add('eao', { name: 'Портал', reads: 'own', webhook: null }));
});

afterAll(async () => {
  await api.close();
  await base.stop();
});

type Pairs = readonly (readonly [name: string, value: string])[];

/** Hands in a form in which names may come several times. */
async function hand(pairs: Pairs): Promise<{ readonly status: number; readonly json: unknown }> {
  const own: Pairs = [
    ['service_code', 'unsorted'],
    ['lat', '48.79'],
    ['long', '132.92'],
  ];
  const body = new URLSearchParams([...own, ...pairs].map(([name, value]) => [name, value]));
  const answer = await fetch(`${origin}/api/open311/eao/v2/requests.json`, {
    method: 'POST',
    headers: { 'x-api-key': key },
    body,
  });
  return { status: answer.status, json: await answer.json() };
}

/** The incident that a form becomes. */
async function made(pairs: Pairs): Promise<Incident> {
  const { json } = await hand(pairs);
  const [{ service_request_id: id } = { service_request_id: '' }] = z
    .array(z.object({ service_request_id: z.string() }))
    .parse(json);
  const rows = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('incident').select('row').where('id', '=', id).execute(),
  );
  return must(rows[0], 'the incident').row as unknown as Incident;
}

async function refusal(pairs: Pairs): Promise<string> {
  const { status, json } = await hand(pairs);
  return `${status} ${z.array(z.object({ description: z.string() })).parse(json)[0]?.description}`;
}

test('every media_url and every attribute is kept, however it is written, or refused with a word', async () => {
  const url = (n: number): string => `https://portal.example/${n}.jpg`;
  const incident = await made([
    ['description', 'Яма на дороге'],
    ['media_url', url(1)],
    ['media_url', url(2)],
    ['media_url[]', url(3)],
    ['media_url[]', url(3)],
    ['media_url[1]', url(5)],
    ['media_url[0]', url(4)],
    ['media_url', ''],
    ['attribute[external_id]', 'A-1'],
    ['attribute[depth]', '40 см'],
    ['attribute[lanes][]', 'левая'],
    ['attribute[lanes][]', 'правая'],
  ]);
  expect(incident.source.hasMedia).toBe(true);
  const notes = incident.notes.map(({ text }) => text).join('\n');
  for (const part of [1, 2, 3, 4, 5].map(url)) expect(notes.split(part)).toHaveLength(2);
  for (const part of ['Номер в ней: A-1', 'depth: 40 см', 'lanes: левая', 'lanes: правая'])
    expect(notes).toContain(part);
  const many = Array.from(
    { length: 20 },
    (_, n) => ['media_url[]', `${url(n)}?${'x'.repeat(1900)}`] as const,
  );
  const large = await made([['description', 'Много'], ...many]);
  expect(large.notes.every(({ text }) => text.length <= 5000)).toBe(true);
  expect(
    large.notes
      .map(({ text }) => text)
      .join('\n')
      .match(/Вложение: /g),
  ).toHaveLength(20);
  const refusals: readonly (readonly [Pairs, string])[] = [
    [[['media_url[]', 'javascript:alert(1)']], '400 Не подходит значение: media_url[].'],
    [
      [
        ['media_url', url(1)],
        ['media_url[7]', 'нет'],
      ],
      '400 Не подходит значение: media_url[7].',
    ],
    [[...many, ['media_url', url(99)]], '400 Вложений больше 20: передайте остальные другим обращением.'],
    [
      [
        ['attribute[external_id]', '1'],
        ['attribute[external_id]', '2'],
      ],
      '400 Указано дважды и по-разному: attribute[external_id].',
    ],
    [[['attribute[]', 'x']], '400 Не подходит значение: attribute[].'],
    [[['attribute[a]', 'x'.repeat(1001)]], '400 Не подходит значение: attribute[a].'],
    [
      Array.from({ length: 51 }, (_, n) => [`attribute[a${n}]`, 'x'] as const),
      '400 Полей attribute больше 50.',
    ],
    [[['description', 'Другое']], '400 Указано дважды и по-разному: description.'],
  ];
  for (const [pairs, expected] of refusals)
    expect(await refusal([['description', 'Яма'], ...pairs])).toBe(expected);
});
