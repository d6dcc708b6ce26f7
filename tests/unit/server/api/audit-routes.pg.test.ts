import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MS_PER_DAY, MS_PER_MINUTE } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import {
  auditExportSchema,
  auditPageSchema,
  COMMAND_LINE,
  MOST_EXPORTED,
  type AuditPage,
} from '#shared/protocol/audit.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { writeAudit, type NewAuditLine } from '#server/accounts/audit.ts';
import { withScope } from '#server/store/database.ts';
import { TEST_PASSWORD, bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

/** 2025-06-10 00:00 in Vladivostok. */
const TENTH = Date.UTC(2025, 5, 9, 14, 0);
const KIM = 'account-kim';
const PETROV = 'account-petrov';

let test: TestApi;
const tokens = new Map<string, string>();

const ask = (query: string, login = 'administrator', path = '') =>
  test.api.inject({
    url: `/api/v1/audit${path}?${query}`,
    headers: { ...bearer(tokens.get(login) ?? ''), 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
  });
async function pageOf(query: string, login?: string): Promise<AuditPage> {
  const answer = await ask(query, login);
  expect(answer.statusCode, answer.body).toBe(200);
  return auditPageSchema.parse(answer.json());
}
const linesOf = async (query: string, login?: string) => (await pageOf(query, login)).lines;
const write = (region: string, ...lines: NewAuditLine[]) =>
  withScope(test.base.db, { region }, async (tx) => {
    for (const line of lines) await writeAudit(tx, region, line);
  });
const at = (moment: number) => ({ at: moment, actor: KIM, address: '10.1.2.3' }) as const;

beforeAll(async () => {
  test = await testApi([
    { id: KIM, login: 'kim', displayName: 'Анна Ким', role: 'administrator' },
    { id: PETROV, login: 'petrov', displayName: 'Пётр Петров' },
    { role: 'administrator' },
    { role: 'operator' },
    { role: 'approver' },
    { role: 'observer' },
    { role: 'executor' },
  ]);
  const amur = { login: 'amur', displayName: 'Сосед', role: 'administrator', agency: null } as const;
  await createAccount(test.base.db, 'amur', { ...amur, password: TEST_PASSWORD }, test.clock.now);
  for (const login of ['administrator', 'operator', 'approver', 'observer', 'executor', 'amur'])
    tokens.set(login, await tokenOf(test.api, login));
});
afterAll(() => test.stop());

describe('who comes in, and who is kept out', () => {
  const logIn = (login: string, password: string) =>
    test.api.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
      payload: { login, password, token: true },
      remoteAddress: '10.20.30.40',
    });

  it('coming in, a wrong password and going out are told, with address and program', async () => {
    await logIn('petrov', 'Неправильный-пароль-9');
    const { token } = (await logIn('petrov', TEST_PASSWORD)).json<{ token: string }>();
    await test.api.inject({ method: 'DELETE', url: '/api/v1/session', headers: bearer(token) });
    const lines = await linesOf(`person=${PETROV}`);
    expect(lines.map(({ action }) => action)).toEqual(['logout', 'login', 'login_failed']);
    expect(lines[1]).toMatchObject({ address: '10.20.30.40', device: 'Firefox 140' });
    expect(JSON.stringify(lines)).not.toContain('Неправильный');
  });

  it('of a name that nobody has only its beginning is kept: it may be a password', async () => {
    await logIn('Секретный-пароль-который-набрали-не-туда', 'x');
    const { rows } = await withScope(test.base.db, { region: '-' }, async (tx) => ({
      rows: await tx.selectFrom('audit').selectAll().execute(),
    }));
    expect(rows.map(({ actor }) => actor)).toEqual(['Се… (40)']);
    expect(await linesOf('word=Секретный')).toEqual([]);
  });

  it('what a role may not is refused and told, once for somebody who keeps trying', async () => {
    for (const _ of [1, 2, 3]) expect((await ask('', 'operator')).statusCode).toBe(403);
    const refused = await linesOf('kind=right_refused');
    expect(refused.map(({ detail }) => detail)).toEqual([{ method: 'GET', route: '/api/v1/audit' }]);
    test.clock.now += 11 * MS_PER_MINUTE;
    await ask('', 'operator');
    expect(await linesOf('kind=right_refused')).toHaveLength(2);
  });

  it('nobody but an administrator reads it, and each only their own region', async () => {
    for (const login of ['operator', 'approver', 'observer', 'executor'])
      for (const path of ['', '/export']) expect((await ask('format=csv', login, path)).statusCode).toBe(403);
    expect(new Set((await linesOf('', 'amur')).map(({ action }) => action))).toEqual(new Set(['login']));
    expect(await linesOf(`person=${PETROV}`, 'amur')).toEqual([]);
  });
});

describe('choosing', () => {
  beforeAll(() =>
    write(
      'eao',
      { ...at(TENTH - 1), action: 'account_dismissed', detail: { account: PETROV } },
      { ...at(TENTH), action: 'account_readmitted', detail: { account: PETROV } },
      {
        ...at(TENTH + MS_PER_DAY - 1),
        action: 'setting_changed',
        detail: { kind: 'agency', id: 'roads', before: { name: 'Дороги' }, after: { name: 'ДОРСТРОЙ 100%' } },
      },
      { ...at(TENTH + MS_PER_DAY), actor: COMMAND_LINE, action: 'login_limited', detail: { seconds: 5 } },
    ),
  );

  const chosen = async (query: string) => (await linesOf(query)).map(({ action }) => action);

  it('days are the region’s, both included', async () => {
    expect(await chosen('from=2025-06-10&to=2025-06-10')).toEqual(['setting_changed', 'account_readmitted']);
    expect(await chosen('from=2025-06-11&to=2025-06-11')).toEqual(['login_limited']);
    expect(await chosen('to=2025-06-09')).toEqual(['account_dismissed']);
  });

  it('a person’s lines are those they wrote and those about them, each once', async () => {
    expect(await chosen(`person=${PETROV}&to=2025-06-20`)).toEqual([
      'account_readmitted',
      'account_dismissed',
    ]);
    expect(await chosen(`person=${KIM}&to=2025-06-20`)).toEqual([
      'setting_changed',
      'account_readmitted',
      'account_dismissed',
    ]);
    await write('eao', {
      ...at(TENTH + 1),
      action: 'sessions_ended',
      detail: { account: KIM, endedSessions: 2 },
    });
    expect(await chosen(`person=${KIM}&kind=sessions_ended`)).toEqual(['sessions_ended']);
  });

  it('a word is sought in what is told and in people’s names, whatever its letters', async () => {
    expect(await chosen('to=2025-06-20&word=дорстрой')).toEqual(['setting_changed']);
    expect(await chosen('to=2025-06-20&word=петров')).toEqual(['account_readmitted', 'account_dismissed']);
    expect(await chosen('to=2025-06-20&word=10.1.2')).toHaveLength(5);
    // Signs of patterns are signs; names of fields are no words of the log.
    expect(await chosen('to=2025-06-20&word=100%25')).toEqual(['setting_changed']);
    expect(await chosen('to=2025-06-20&word=0%25')).toEqual(['setting_changed']);
    expect(await chosen('to=2025-06-20&word=before')).toEqual([]);
  });

  it.each([
    'kind=nonsense',
    'from=2025-13-40',
    'from=1825-01-01',
    'after=1',
    'after=9.x',
    `word=${'я'.repeat(101)}`,
  ])('%s is refused', async (query) => {
    expect((await ask(query)).statusCode).toBe(400);
  });
});

describe('pages', () => {
  /** Many lines of one moment, as an import of people leaves them. */
  const many = Array.from({ length: 250 }, (_, n): NewAuditLine => ({
    ...at(TENTH + 30 * MS_PER_DAY + Math.floor(n / 100)),
    action: 'account_added',
    detail: { account: `a-${n}`, after: { login: `login-${n}` } },
  }));

  it('go on where the last one ended, without one twice or none, whatever is added meanwhile', async () => {
    await write('eao', ...many);
    const seen: string[] = [];
    let next: string | null = '';
    for (let pages = 0; next !== null; pages += 1) {
      const page: AuditPage = await pageOf(
        `kind=account_added&from=2025-07-01&after=${next}`.replace(/&after=$/, ''),
      );
      seen.push(...page.lines.map(({ detail }) => String(detail['account'])));
      next = page.next;
      expect(pages).toBeLessThan(5);
      await write('eao', { ...must(many[0], 'a line'), at: test.clock.now });
    }
    expect(seen.filter((id, place) => place > 0 || id !== 'a-0')).toEqual(
      many.map((_, n) => `a-${n}`).toReversed(),
    );
  });
});

describe('taking it out', () => {
  it('gives all that is chosen, and is told itself', async () => {
    const answer = await ask('format=xlsx&to=2025-06-20&person=' + KIM, 'administrator', '/export');
    const { lines, isCut } = auditExportSchema.parse(answer.json());
    expect([lines.length, isCut, answer.headers['cache-control']]).toEqual([4, false, 'no-store']);
    const [told] = await linesOf('kind=audit_export');
    expect(told?.detail).toEqual({ format: 'xlsx', from: null, to: '2025-06-20', rows: 4 });
    expect(told?.device).toContain('Firefox');
  });

  it('a file has its bound, and says so', async () => {
    await sql`insert into audit (region_id, at, actor, action)
      select 'eao', ${TENTH - 900 * MS_PER_DAY}::bigint, 'command line', 'logout'
      from generate_series(0, ${MOST_EXPORTED}::int)`.execute(test.base.owner);
    const answer = await ask('format=csv&to=2024-01-01', 'administrator', '/export');
    const { lines, isCut } = auditExportSchema.parse(answer.json());
    expect([lines.length, isCut]).toEqual([MOST_EXPORTED, true]);
  });
});
