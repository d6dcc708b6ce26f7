import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { incidentWithEvents } from '#server/sync/incident-history.ts';
import { sessionOfRole } from '#tests/helpers/sync-region.ts';
import { withScope, type Scope } from '#server/store/database.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import {
  attachmentDesk,
  fileOf,
  hashOf,
  type AttachmentDesk,
  type Person,
} from '#tests/helpers/attachment-desk.ts';

const TABLES = [
  'attachment',
  'attachment_holder',
  'attachment_part',
  'attachment_upload',
  'attachment_use',
] as const;

let desk: AttachmentDesk;
/** A photo of an incident of the agency «roads», handed in by an operator, and one that is on its way. */
const secret = photoBytes({ data: [1, 1] });
const unfinished = photoBytes({ data: [2, 2] });
let incident = '';
let others = '';

beforeAll(async () => {
  desk = await attachmentDesk();
  await desk.handIn('operator', secret);
  await desk.begin('operator', unfinished);
  await desk.put('operator', unfinished, 0);
  incident = await desk.register('operator', [fileOf(secret)]);
  others = await desk.register('operator');
  const operator = desk.client('operator');
  for (const [id, agency] of [
    [incident, 'roads'],
    [others, 'heat'],
  ] as const) {
    await operator.do(id, 'classify', { group: 'ЖКХ', topic: 'Отопление', from: '' });
    await operator.do(id, 'route', { agency, unit: '', from: '', reason: '' });
  }
});
afterAll(() => desk.test.stop());

const status = async (who: Person, id: string, hash = hashOf(secret)): Promise<number> =>
  (await desk.read(who, id, hash)).statusCode;

describe('a file is read through an incident one sees', () => {
  it('by the centre and by the agency that has the incident, and by nobody else', async () => {
    expect(
      await Promise.all((['operator', 'second', 'roads'] as const).map((who) => status(who, incident))),
    ).toEqual([200, 200, 200]);
    expect(await status('heat', incident)).toBe(404);
    expect(await status('stranger', incident)).toBe(404);
    const alone = await desk.test.api.inject({
      url: `/api/v1/incidents/${incident}/attachments/${hashOf(secret)}`,
    });
    expect(alone.statusCode).toBe(401);
  });

  it('by observers only where it goes out with a reply: a screenshot shows its author', async () => {
    expect(await status('observer', incident)).toBe(404);
    const answer = photoBytes({ data: [3, 3] });
    await desk.handIn('roads', answer);
    const roads = desk.client('roads');
    await roads.do(incident, 'takeToWork', {});
    const draft = { text: 'Засыпали', kind: 'final', promises: [], attachments: [fileOf(answer)] } as const;
    await roads.do(incident, 'draftReply', { ...draft, promises: [], attachments: [fileOf(answer)] });
    await roads.do(incident, 'note', { text: '', attachments: [fileOf(secret, 'Заявление Петровой')] });
    expect(await status('observer', incident, hashOf(answer))).toBe(200);
    const scope = sessionOfRole('observer', { account: desk.idOf('observer') });
    const row = await incidentWithEvents(desk.test.base.db, scope, incident);
    const page = await desk.test.api.inject({
      url: '/api/v1/sync/snapshot?part=open',
      headers: desk.headersOf('observer'),
    });
    for (const text of [JSON.stringify(row?.incident), page.body]) {
      expect(text).toContain(hashOf(answer));
      expect(text).not.toContain(hashOf(secret));
      expect(text).not.toContain('Петров');
    }
    expect(JSON.stringify(row?.events)).not.toContain(hashOf(secret));
  });

  it('not through another incident, which does not name it', async () => {
    expect(await status('heat', others)).toBe(404);
    expect(await status('operator', others)).toBe(404);
  });

  it('and knowing its hash gives an agency nothing: neither naming it nor beginning to hand it in', async () => {
    const heat = desk.client('heat');
    expect(await heat.do(others, 'note', { text: 'чужое', attachments: [fileOf(secret)] })).toMatchObject({
      status: 'applied',
    });
    const answer = await desk.read('heat', others, hashOf(secret));
    expect([answer.statusCode, answer.json()]).toMatchObject([
      404,
      { error: { detail: { reason: 'not_uploaded' } } },
    ]);
    // The incident's own centre is told the same: nobody who named the file there has handed it in.
    expect(await status('operator', others)).toBe(404);
    expect((await desk.begin('heat', secret)).json()).toMatchObject({ state: 'receiving', received: 0 });
    expect((await desk.finish('heat', secret)).statusCode).toBe(409);
    expect(await status('heat', others)).toBe(404);
    expect((await desk.begin('stranger', secret)).json()).toMatchObject({ state: 'receiving' });
  });

  it('until it hands in the same bytes itself', async () => {
    expect((await desk.handIn('heat', secret)).json()).toMatchObject({ state: 'here' });
    expect(await status('heat', others)).toBe(200);
    expect(await status('heat', incident)).toBe(404);
  });
});

it('what is on its way is its account’s alone: nobody goes on with it, ends it or gives it up', async () => {
  for (const who of ['second', 'roads', 'stranger'] as const) {
    expect((await desk.begin(who, unfinished)).json()).toMatchObject({ received: 0 });
    expect((await desk.finish(who, unfinished)).statusCode).toBe(409);
    await desk.test.api.inject({
      method: 'DELETE',
      url: `/api/v1/attachments/${hashOf(unfinished)}`,
      headers: desk.headersOf(who),
    });
  }
  expect((await desk.begin('operator', unfinished)).json()).toMatchObject({ received: unfinished.length });
});

describe('the database itself', () => {
  const eao = (over: Partial<Scope> = {}): Scope => ({ region: 'eao', ...over });
  const seen = (scope: Scope) =>
    withScope(desk.test.base.db, scope, async (tx) => {
      const counts: Record<string, number> = {};
      for (const table of TABLES) {
        const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx);
        counts[table] = must(rows[0], table).n;
      }
      return counts;
    });

  it('shows another region nothing, and an agency what its incidents name and what it hands in', async () => {
    expect(await seen({ region: 'amur', agency: null, account: desk.idOf('operator') })).toMatchObject({
      attachment: 0,
      attachment_part: 0,
      attachment_use: 0,
      attachment_holder: 0,
    });
    const housing = eao({ agency: 'housing', account: 'nobody' });
    expect(await seen(housing)).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])));
    expect(await seen(eao({ agency: 'roads', account: 'nobody' }))).toEqual({
      attachment: 2,
      attachment_holder: 2,
      attachment_part: 2,
      attachment_upload: 0,
      attachment_use: 3,
    });
  });

  it('lets an agency neither write for others nor take anything away', async () => {
    const scope = eao({ agency: 'roads', account: 'roads-1' });
    const attempt = async (work: ReturnType<typeof sql>): Promise<string> => {
      try {
        const { numAffectedRows = 0n } = await withScope(desk.test.base.db, scope, (tx) => work.execute(tx));
        return `${numAffectedRows}`;
      } catch (error) {
        return errorCode(error);
      }
    };
    const hash = hashOf(secret);
    expect(
      await attempt(
        sql`insert into attachment_holder (region_id, hash, account, size, at) values ('eao', ${hash},
          'operator-1', 1, 1)`,
      ),
    ).toBe('42501');
    expect(
      await attempt(
        sql`insert into attachment_use (region_id, hash, incident_id, account) values ('eao', ${hash},
          ${others}, 'roads-1')`,
      ),
    ).toBe('42501');
    expect(
      await attempt(
        sql`insert into attachment_upload (region_id, id, account, hash, size, touched_at) values ('amur',
          gen_random_uuid(), 'roads-1', ${hash}, 1, 1)`,
      ),
    ).toBe('42501');
    expect(await attempt(sql`update attachment set size = 1`)).toBe('42501');
    expect(await attempt(sql`update attachment_part set bytes = 'x'`)).toBe('42501');
    expect(await attempt(sql`delete from attachment`)).toBe('0');
    expect(await attempt(sql`delete from attachment_part`)).toBe('0');
    expect(await attempt(sql`delete from attachment_use`)).toBe('42501');
    expect(await status('roads', incident)).toBe(200);
  });
});
