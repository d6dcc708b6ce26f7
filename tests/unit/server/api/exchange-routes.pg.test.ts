import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import { readXlsx } from '#shared/exchange/xlsx-read.ts';
import { importLineSchema, type ImportLine } from '#shared/protocol/exchange.ts';
import { HEADERS, csvOf, gathered, numberedCells, xlsxOf } from '#tests/fixtures/exchange.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

let base: TestApi;
beforeAll(async () => {
  base = await testApi((['operator', 'approver', 'executor', 'observer'] as const).map((role) => ({ role })));
});
afterAll(async () => base.stop());

const bytesOf = async (source: ReturnType<typeof xlsxOf>): Promise<Buffer> =>
  Buffer.from(await source.read(0, source.size));

async function upload(login: string, payload: Buffer, query = '', type = 'application/octet-stream') {
  const headers = { ...bearer(await tokenOf(base.api, login)), 'content-type': type };
  return base.api.inject({ method: 'POST', url: `/api/v1/import${query}`, headers, payload });
}

const linesOf = (body: string): ImportLine[] =>
  body
    .trim()
    .split('\n')
    .map((line) => importLineSchema.parse(JSON.parse(line)));

test('a file is answered with progress and a result; the same is given back by the export', async () => {
  const rows = Array.from({ length: 600 }, (_, at) => numberedCells(at + 1));
  const answer = await upload(
    'operator',
    await bytesOf(xlsxOf([HEADERS, ...rows, numberedCells(601, { createdAt: 'вчера' })])),
    '?fileName=one.xlsx',
  );
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toContain('application/x-ndjson');
  const lines = linesOf(answer.body);
  expect(lines.map(({ t }) => t)).toEqual(['progress', 'progress', 'result']);
  expect(lines.at(-1)).toMatchObject({
    read: 601,
    created: 600,
    refusedTotal: 1,
    refused: [{ row: 602, kind: 'broken_date' }],
  });

  const headers = bearer(await tokenOf(base.api, 'approver'));
  const file = await base.api.inject({
    url: '/api/v1/export?format=xlsx&from=2025-12-17&to=2025-12-17',
    headers,
  });
  expect(file.headers['content-type']).toContain('spreadsheetml');
  const back = (await gathered(readXlsx(bytesSource(file.rawPayload)))).map(({ cells }) =>
    HEADERS.map((_, at) => cells[at] ?? null),
  );
  expect(back[0]).toEqual(HEADERS);
  expect(new Set(back.slice(1).map((cells) => JSON.stringify(cells)))).toEqual(
    new Set(rows.map((cells) => JSON.stringify(cells))),
  );
  const empty = await base.api.inject({ url: '/api/v1/export?format=csv&to=2025-12-16', headers });
  expect(empty.body.trim().split('\r\n')).toHaveLength(1);
});

test('a mapping chosen by a person is followed', async () => {
  const file = await bytesOf(
    csvOf([
      ['Номер инцидента', 'Когда', 'Что', 'Тема', 'ID'],
      ['900001', '17.12.2025 20:11', 'Яма', 'Дороги', '7'],
    ]),
  );
  const mapping = encodeURIComponent(JSON.stringify({ 1: 'createdAt', 2: 'text' }));
  expect(linesOf((await upload('operator', file, `?mapping=${mapping}`)).body).at(-1)).toMatchObject({
    created: 1,
    isReadable: true,
  });
  expect((await upload('operator', file, '?mapping=%7B%221%22%3A%22nonsense%22%7D')).statusCode).toBe(400);
});

test('a file that is none is an answer with a reason in the wanted language', async () => {
  const [line] = linesOf((await upload('operator', Buffer.from('%PDF-1.4 hello'), '?language=en')).body);
  expect(line).toMatchObject({
    t: 'result',
    read: 0,
    isReadable: false,
    refused: [{ row: 0, kind: 'not_a_table' }],
  });
  expect(line?.t === 'result' && must(line.refused[0], 'one').message).toMatch(/^This is neither xlsx/);
});

test('who may not, gets nothing; JSON is no file', async () => {
  const file = await bytesOf(csvOf([HEADERS]));
  for (const login of ['approver', 'executor', 'observer'])
    expect((await upload(login, file)).statusCode).toBe(403);
  for (const login of ['executor', 'observer']) {
    const headers = bearer(await tokenOf(base.api, login));
    expect((await base.api.inject({ url: '/api/v1/export', headers })).statusCode).toBe(403);
  }
  expect((await base.api.inject({ method: 'POST', url: '/api/v1/import', payload: 'x' })).statusCode).toBe(
    401,
  );
  expect((await upload('operator', Buffer.from('{}'), '', 'application/json')).json()).toMatchObject({
    error: { kind: 'bad_request' },
  });
  const headers = bearer(await tokenOf(base.api, 'operator'));
  expect((await base.api.inject({ url: '/api/v1/export?from=yesterday', headers })).statusCode).toBe(400);
  expect((await base.api.inject({ url: '/api/v1/export?from=2025-02-30', headers })).statusCode).toBe(400);
});
