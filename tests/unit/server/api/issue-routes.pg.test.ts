import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuedSchema, issueSchema, type Issue } from '#shared/protocol/issues.ts';
import { reportDiff } from '#shared/report/summary/report-diff.ts';
import { readReportText } from '#shared/report/summary/report-text.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { reportOf } from '#server/report/report-of.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { goOnAbove } from '#server/sync/put-back.ts';
import { storeMany } from '#server/sync/store-changes.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';
import { bearer, testApi, TEST_PASSWORD, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';
import { createAccount } from '#server/accounts/create-account.ts';

const JANUARY = { form: 'month', from: '2022-01-01', to: '2022-01-31' } as const;
const incidents = randomIncidents(3, 300, Date.UTC(2021, 11, 1), Date.UTC(2022, 1, 1));

let test: TestApi;
const tokens = new Map<string, string>();

const as = (login: string) => bearer(tokens.get(login) ?? '');
const query = (period: object = JANUARY): string =>
  new URLSearchParams(period as Record<string, string>).toString();

const issue = (login: string, wish: object = {}) =>
  test.api.inject({
    method: 'POST',
    url: '/api/v1/issues',
    headers: as(login),
    payload: { ...JANUARY, id: randomUUID(), ...wish },
  });
const list = (login: string) => test.api.inject({ url: `/api/v1/issues?${query()}`, headers: as(login) });
const read = (login: string, number: number | string, period: object = JANUARY) =>
  test.api.inject({ url: `/api/v1/issues/${number}?${query(period)}`, headers: as(login) });

const store = (all: typeof incidents): Promise<unknown> =>
  withScope(test.base.db, { region: 'eao' }, (tx) =>
    storeMany(
      tx,
      'eao',
      all.map((after) => ({ before: null, after, events: [] })),
      test.clock.now,
    ),
  );

beforeAll(async () => {
  test = await testApi(
    (['operator', 'approver', 'observer', 'administrator', 'executor'] as const).map((role) => ({ role })),
  );
  const amur = { login: 'amur', displayName: 'Сосед', role: 'administrator', agency: null } as const;
  await createAccount(test.base.db, 'amur', { ...amur, password: TEST_PASSWORD }, test.clock.now);
  for (const login of ['operator', 'approver', 'observer', 'administrator', 'executor', 'amur'])
    tokens.set(login, await tokenOf(test.api, login));
  await store(incidents);
});
afterAll(() => test.stop());

describe('issuing', () => {
  let first: Issue;

  it('keeps what the API itself counts, with number, name and checksum', async () => {
    const answer = await issue('approver', { remark: '  Для правительства  ' });
    expect(answer.statusCode).toBe(201);
    first = issueSchema.parse(answer.json());
    expect(first).toMatchObject({ ...JANUARY, number: 1, by: 'Оператор', remark: 'Для правительства' });
    const issued = issuedSchema.parse((await read('operator', 1)).json());
    expect(issued.issue).toEqual(first);
    expect(createHash('sha256').update(issued.body).digest('hex')).toBe(first.sha256);
    expect(readReportText(issued.body)).toEqual(await reportOf(test.base.db, 'eao', JANUARY, test.clock.now));
  });

  it('asked twice under one id issues once; another id is the next number', async () => {
    const id = randomUUID();
    const [first, second] = [await issue('administrator', { id }), await issue('administrator', { id })];
    expect(first.json()).toEqual(second.json());
    expect(first.json()).toMatchObject({ number: 2 });
    const both = await Promise.all([issue('approver'), issue('administrator')]);
    const numbers = both.map((answer) => issueSchema.parse(answer.json()).number);
    expect(new Set(numbers)).toEqual(new Set([3, 4]));
    const { issues } = (await list('observer')).json<{ issues: Issue[] }>();
    expect(issues.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  });

  it('stays as it was, to the character, when the facts move on; the difference is named', async () => {
    const before = (await read('operator', 1)).body;
    const more = randomIncidents(9, 40, Date.UTC(2022, 0, 5), Date.UTC(2022, 0, 20)).map((incident, at) => ({
      ...incident,
      number: 9000 + at,
    }));
    await store(more);
    expect((await read('operator', 1)).body).toBe(before);
    const was = readReportText(issuedSchema.parse(JSON.parse(before)).body);
    const now = await reportOf(test.base.db, 'eao', JANUARY, test.clock.now);
    const { lines } = reportDiff(was, now ?? was);
    expect(lines.find(({ figure, measure }) => figure === 'received' && measure === 'count')).toMatchObject({
      was: was.received,
      now: was.received + 40,
    });
    await issue('approver');
    const next = issuedSchema.parse((await read('operator', 5)).json());
    expect(readReportText(next.body).received).toBe(was.received + 40);
  });

  it('keeps a chosen comparison', async () => {
    const compare = { from: '2021-12-01', to: '2021-12-15' };
    await issue('approver', { compare });
    const { body } = issuedSchema.parse((await read('operator', 6)).json());
    expect(readReportText(body).compared).toEqual(compare);
  });

  it('gives no number twice after the database was put back, in periods that had begun by then', async () => {
    const putBackAt = Date.UTC(2022, 1, 15);
    await withScope(test.base.db, { region: 'eao' }, (tx) => goOnAbove(tx, 'eao', putBackAt));
    expect((await issue('approver')).json()).toMatchObject({ number: 101 });
    expect((await issue('approver')).json()).toMatchObject({ number: 102 });
    const month = (from: string, to: string) => issue('approver', { from, to });
    expect((await month('2022-02-01', '2022-02-28')).json()).toMatchObject({ number: 101 });
    expect((await month('2022-03-01', '2022-03-31')).json()).toMatchObject({ number: 1 });
    await withScope(test.base.db, { region: 'eao' }, (tx) => goOnAbove(tx, 'eao', putBackAt));
    expect((await issue('approver')).json()).toMatchObject({ number: 201 });
  });

  it('is written down in the audit log', async () => {
    const lines = await withScope(test.base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('audit').select('detail').where('action', '=', 'report_issue').orderBy('id').execute(),
    );
    expect(lines[0]?.detail).toEqual({ ...JANUARY, number: 1, sha256: first.sha256 });
  });
});

describe('who may', () => {
  it.each(['operator', 'observer', 'executor'])('%s may not issue', async (login) => {
    expect((await issue(login)).statusCode).toBe(403);
  });

  it('executors read none, for they see their own agency alone', async () => {
    expect((await list('executor')).statusCode).toBe(403);
    expect((await read('executor', 1)).statusCode).toBe(403);
  });

  it('another region sees nothing and writes only its own', async () => {
    expect((await list('amur')).json()).toEqual({ issues: [] });
    expect((await read('amur', 1)).statusCode).toBe(404);
    expect((await issue('amur')).json()).toMatchObject({ number: 1 });
    const { issues } = (await list('operator')).json<{ issues: Issue[] }>();
    expect(issues.map(({ by }) => by)).not.toContain('Сосед');
  });

  it.each([
    ['a day that is none', { from: '2022-02-30' }],
    ['half a month called a month', { to: '2022-01-15' }],
    ['an end before the beginning', { form: 'custom', from: '2022-02-01' }],
    ['a thousand years', { form: 'custom', from: '1022-01-01' }],
    ['a remark of a book', { remark: 'я'.repeat(501) }],
    ['a number of its own', { number: 7 }],
  ])('%s is refused', async (_, wish) => {
    const answer = await issue('approver', wish);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { kind: 'bad_request' } });
  });

  it('a month that has not begun is refused by name', async () => {
    const answer = await issue('approver', { from: '2099-01-01', to: '2099-01-31' });
    expect(answer.json()).toMatchObject({ error: { kind: 'not_begun' } });
  });

  it.each(['0', '-1', 'x', '99'])('no issue has the number %s', async (number) => {
    expect([400, 404]).toContain((await read('operator', number)).statusCode);
  });
});

describe('an issued row', () => {
  const attempt = async (db: Database, region: string, statement: string): Promise<string> => {
    try {
      await withScope(db, { region }, (tx) => sql.raw(statement).execute(tx));
      return 'done';
    } catch (error) {
      return errorCode(error);
    }
  };
  const copy = (region: string, change: string): string =>
    `insert into report_issue select '${region}', form, period_from, period_to, 77, gen_random_uuid(), at,
      account,
      account_name, remark, ${change} from report_issue where number = 1`;

  it.each([
    `update report_issue set remark = 'x'`,
    `update report_issue set body = '{}', sha256 = encode(sha256('{}'), 'hex')`,
    'delete from report_issue',
    'truncate report_issue',
    'alter table report_issue disable trigger all',
    'drop trigger issued_for_good on report_issue',
  ])('the API’s role may not: %s', async (statement) => {
    expect(await attempt(test.base.db, 'eao', statement)).toBe('42501');
  });

  it.each([`update report_issue set remark = 'x'`, 'delete from report_issue', 'truncate report_issue'])(
    'not even the owner: %s',
    async (statement) => expect(await attempt(test.base.owner, 'eao', statement)).toBe('42501'),
  );

  it('is not written into another region, nor with a checksum that is not its own', async () => {
    expect(await attempt(test.base.db, 'eao', copy('amur', 'body, sha256'))).toBe('42501');
    expect(await attempt(test.base.db, 'eao', copy('eao', `'{}', sha256`))).toBe('23514');
  });

  it('does not exist for an executor', async () => {
    const rows = await withScope(test.base.db, { region: 'eao', agency: 'roads' }, (tx) =>
      tx.selectFrom('report_issue').select('number').execute(),
    );
    expect(rows).toEqual([]);
  });

  it('that was changed behind the database’s back is not shown as issued', async () => {
    await sql.raw('alter table report_issue disable trigger all').execute(test.base.owner);
    await sql.raw('alter table report_issue drop constraint intact').execute(test.base.owner);
    await withScope(test.base.owner, { region: 'eao' }, (tx) =>
      tx.updateTable('report_issue').set({ body: '{}' }).where('number', '=', 1).execute(),
    );
    const answer = await read('operator', 1);
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ error: { kind: 'damaged' } });
  });
});

describe('years no summary speaks of', () => {
  const LONG_AGO = { form: 'custom', from: '0001-01-01', to: '0001-02-01' };
  it.each([
    ['of long ago', LONG_AGO],
    ['of a century without calendars', { form: 'month', from: '0100-01-01', to: '0100-01-31' }],
    ['of a typing error', { form: 'month', from: '9999-12-01', to: '9999-12-31' }],
    ['compared with long ago', { compare: { from: LONG_AGO.from, to: LONG_AGO.to } }],
  ])('are refused: %s', async (_, wish) => {
    const answer = await issue('approver', wish);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { kind: 'bad_request' } }]);
  });

  it('while the first and the last of the others are asked for as any', async () => {
    for (const period of [
      { form: 'year', from: '2000-01-01', to: '2000-12-31' },
      { form: 'month', from: '2026-01-01', to: '2026-01-31' },
    ])
      expect((await issue('approver', { ...period, compare: period })).statusCode).toBe(201);
  });
});
