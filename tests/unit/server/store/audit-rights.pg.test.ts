import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { auditLines, type AuditChoice } from '#server/accounts/read-audit.ts';
import { auditAlone } from '#server/accounts/audit.ts';
import { removeOldAudit } from '#server/jobs/remove-old-audit.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Scope } from '#server/store/database.ts';
import { jobContext } from '#tests/helpers/job-context.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

const DENIED = '42501';
const EAO: Scope = { region: 'eao', account: 'a-1' };
const NOW = Date.now();
const OLD = NOW - 5.1 * 365.25 * MS_PER_DAY;

let base: FreshDatabase;

async function attempt(scope: Scope, statement: string): Promise<string> {
  try {
    const { numAffectedRows = 0n } = await withScope(base.db, scope, (tx) => sql.raw(statement).execute(tx));
    return `done: ${numAffectedRows}`;
  } catch (error) {
    return errorCode(error) || String(error);
  }
}

const actionsOf = async (region: string): Promise<readonly string[]> => {
  const rows = await withScope(base.db, { region }, (tx) =>
    tx.selectFrom('audit').select('action').orderBy('id').execute(),
  );
  return rows.map(({ action }) => action);
};

beforeAll(async () => {
  base = await freshDatabase();
  for (const code of ['eao', 'amur']) {
    await addRegion(base.owner, { code, name: code, timeZone: 'Asia/Vladivostok' });
    for (const at of [OLD, NOW])
      await auditAlone(base.db, code, {
        at,
        actor: 'a-1',
        address: '',
        action: at === OLD ? 'login' : 'logout',
      });
  }
  await auditAlone(base.db, null, { at: OLD, actor: '?', address: '', action: 'login_failed', detail: {} });
});
afterAll(() => base.stop());

describe('the API’s role', () => {
  it.each([
    [`update audit set actor = 'x'`],
    [`update audit set detail = '{}', at = 1 where region_id = 'eao'`],
    ['delete from audit'],
    ['delete from only audit where false'],
    ['truncate audit'],
    [`merge into audit a using (select 1) s on true when matched then delete`],
    [`insert into audit (region_id, at, actor, action) values ('amur', 1, 'a-1', 'forged')`],
    [`insert into audit (region_id, at, actor, action) values ('-', 1, 'a-1', 'forged')`],
    [
      `insert into audit (region_id, id, at, actor, action) overriding system value
        values ('eao', 1, 1, 'a', 'f')`,
    ],
    [
      `insert into audit (region_id, at, actor, action) select region_id, at, actor, action from audit
        on conflict (region_id, id) do update set actor = 'x'`,
    ],
    ['alter table audit disable row level security'],
    ['drop policy in_region on audit'],
    [`select setval(pg_get_serial_sequence('audit', 'id'), 1)`],
    ['lock table audit in access exclusive mode'],
    [`copy audit to program 'cat'`],
    [`create or replace function remove_old_audit(most int) returns bigint language sql as 'select 1'`],
  ])('%s is refused', async (statement) => {
    expect(await attempt(EAO, statement)).toBe(DENIED);
  });

  it('sees its region’s lines alone, and none where there is no region', async () => {
    expect(await attempt(EAO, `select from audit where region_id <> 'eao'`)).toBe('done: 0');
    expect(await attempt({ region: '' }, 'select from audit')).toBe('done: 0');
    expect(await attempt({ region: 'eao', agency: 'roads', account: 'a-1' }, 'select from audit')).toBe(
      'done: 0',
    );
  });

  it('an executor writes in no other name than their own', async () => {
    const insert = (actor: string) =>
      `insert into audit (region_id, at, actor, action) values ('eao', ${NOW}, '${actor}', 'logout')`;
    const executor: Scope = { region: 'eao', agency: 'roads', account: 'r-1' };
    expect(await attempt(executor, insert('a-1'))).toBe(DENIED);
    expect(await attempt(executor, insert('r-1'))).toBe('done: 1');
  });
});

describe('after five years', () => {
  it('nobody removes a younger line, and another region’s is not touched', async () => {
    const removed = await withScope(base.db, EAO, (tx) =>
      sql<{ n: number }>`select remove_old_audit(1000000) as n`.execute(tx),
    );
    expect(removed.rows).toEqual([{ n: 1 }]);
    expect(await actionsOf('eao')).toEqual(['logout', 'logout']);
    expect(await actionsOf('amur')).toEqual(['login', 'logout']);
    const again = await withScope(base.db, EAO, (tx) =>
      sql<{ n: number }>`select remove_old_audit(1000000) as n`.execute(tx),
    );
    expect(again.rows).toEqual([{ n: 0 }]);
  });

  it('the job does so for every region, and for what belongs to none; its clock moves nothing', async () => {
    const context = jobContext(base.db, () => NOW + 100 * 365 * MS_PER_DAY);
    await removeOldAudit.run(context, new AbortController().signal);
    expect(await actionsOf('amur')).toEqual(['logout']);
    expect(await actionsOf('-')).toEqual([]);
    expect(await actionsOf('eao')).toEqual(['logout', 'logout']);
  });
});

describe('a hundred thousand lines', () => {
  const choice = { region: 'eao', from: 0, to: NOW * 2 };
  const PEOPLE = 400;

  beforeAll(async () => {
    await sql`insert into audit (region_id, at, actor, action, detail, address, about)
      select 'eao', ${NOW - 900 * MS_PER_DAY}::bigint + n * 60000::bigint, 'a-' || n % ${PEOPLE}::int,
        case when n % 50 = 0 then 'setting_changed' when n % 10 = 0 then 'login_failed' else 'login' end,
        '{}', '10.0.0.1', case when n % 50 = 0 then 'a-' || n % 7 else '' end
      from generate_series(1, 100000) n`.execute(base.owner);
    await sql`analyze audit`.execute(base.owner);
  });

  /** The plan as the API's role gets it, under the policies; the lines that its nodes had read. */
  async function planOf(query: AuditChoice, after?: { at: number; id: number }): Promise<string> {
    const { rows } = await withScope(base.db, EAO, (tx) =>
      sql<{ 'QUERY PLAN': string }>`explain (analyze, timing off, costs off, buffers off)
        ${auditLines(query, after, 101)}`.execute(tx),
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it.each([
    ['all', {}, ['audit_at']],
    ['a period', { from: NOW - 880 * MS_PER_DAY, to: NOW - 870 * MS_PER_DAY }, ['audit_at']],
    ['a kind', { kind: 'setting_changed' }, ['audit_action']],
    ['a person', { person: 'a-3' }, ['audit_actor', 'audit_about']],
  ] as const)('of %s a page is read through an index, from its cursor too', async (_, chosen, indexes) => {
    for (const after of [undefined, { at: NOW - 875 * MS_PER_DAY, id: 20_000 }]) {
      const plan = await planOf({ ...choice, ...chosen }, after);
      for (const index of indexes) expect(plan).toContain(`Index Scan Backward using ${index} on audit`);
      expect(plan).not.toContain('Seq Scan');
      const filtered = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, rows]) => Number(rows));
      expect(
        filtered.reduce((sum, rows) => sum + rows, 0),
        plan,
      ).toBeLessThan(200);
    }
  });
});
