import { sql } from 'kysely';
import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import { forgetOldRevisions } from '#server/jobs/forget-old-revisions.ts';
import { withScope } from '#server/store/database.ts';
import { changesAfter } from '#server/sync/changes.ts';
import { hello } from '#server/sync/hello.ts';
import { knownCommands } from '#server/sync/known-commands.ts';
import { pushCommands } from '#server/sync/push.ts';
import { sayPutBack } from '#server/sync/put-back.ts';
import { lookAtHeads } from '#server/sync/seen-heads.ts';
import { snapshotPage } from '#server/sync/snapshot.ts';
import { scopeHashOf } from '#server/sync/sync-session.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';
import { registerArgs, sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

const session = sessionOfRole('operator');
const folder = temporaryFolder('put-back');
let base: FreshDatabase;
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(async () => {
  await base.stop();
  rmSync(folder, { recursive: true });
});

const greet = async (seen?: SeenRevision) => {
  const request = { protocols: [1], appVersion: '1', clientId: uuidv7(), ...(seen && { seen }) };
  const result = await hello(base.db, session, request, Date.now());
  if (result.kind !== 'hello') throw new Error(result.kind);
  return result.response;
};

/** The revision that a console has seen which is up to date. */
async function upToDate(): Promise<SeenRevision> {
  const { epoch, headV: cursor } = await greet();
  const page = await changes({ epoch, cursor, mark: null });
  if (page.kind !== 'changes') throw new Error(page.reason);
  const { mark } = JSON.parse(page.body) as { mark: string };
  return { epoch, cursor, mark };
}

const changes = ({ epoch, cursor, mark }: SeenRevision) =>
  changesAfter(base.db, session, {
    after: cursor,
    ...(mark !== null && { mark }),
    clientId: uuidv7(),
    epoch,
    scope: scopeHashOf(session),
    limit: 100,
    bytes: 1_000_000,
  });

const firstPage = (seen?: SeenRevision) =>
  snapshotPage(base.db, session, 'reference', '', { limit: 10, bytes: 1_000_000 }, seen);

const clock = () =>
  withScope(base.owner, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('sync_clock')
      .select(['v', 'last_number', 'put_back_at'])
      .where('region_id', '=', 'eao')
      .executeTakeFirstOrThrow(),
  );

/** Puts the clock back, as everything else that a restore puts back; then it counts on. */
const putBack = (to: number, then: number): Promise<unknown> =>
  withScope(base.owner, { region: 'eao' }, async (tx) => {
    await sql`delete from revision where region_id = 'eao' and v > ${to}`.execute(tx);
    await sql`update sync_clock set v = ${to}, put_back_at = null where region_id = 'eao'`.execute(tx);
    for (let v = to; v < then; v += 1)
      await sql`update sync_clock set v = v + 1 where region_id = 'eao'`.execute(tx);
  });

const setNoticed = (at: number | null): Promise<unknown> =>
  withScope(base.owner, { region: 'eao' }, (tx) =>
    tx.updateTable('sync_clock').set({ put_back_at: at }).where('region_id', '=', 'eao').execute(),
  );

test('a revision is known by its mark: a number given again after a restore is another one', async () => {
  await new TestClient(base.db, session).register();
  const seen = await upToDate();
  expect((await greet(seen)).putBack).toBeUndefined();
  expect(await changes(seen)).toMatchObject({ kind: 'changes' });
  await putBack(seen.cursor - 1, seen.cursor + 5);
  expect(await changes(seen)).toEqual({ kind: 'resync', reset: 'full', reason: 'put_back' });
  const before = await clock();
  expect((await greet(seen)).putBack).toBe(true);
  const after = await clock();
  expect(after.v).toBe(before.v + 1_000_000);
  expect(after.last_number).toBe(before.last_number + 10_000);
  // Whoever tells it again moves nothing more; whoever is of today's database is not disturbed.
  expect((await greet(seen)).putBack).toBe(true);
  expect(await clock()).toEqual(after);
  expect((await greet(await upToDate())).putBack).toBeUndefined();
  const audit = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select(['action', 'actor']).where('action', '=', 'put_back').execute(),
  );
  expect(audit).toEqual([{ action: 'put_back', actor: session.account }]);
});

test('a page of the first download is of the database that was greeted, or there is none', async () => {
  await new TestClient(base.db, session).register();
  const { epoch, headV: cursor, mark = null } = await greet();
  const seen = { epoch, cursor, mark };
  expect(seen).toEqual(await upToDate());
  expect(await firstPage(seen)).toMatchObject({ kind: 'page' });
  expect(await firstPage()).toMatchObject({ kind: 'page' });
  await new TestClient(base.db, session).register();
  expect(await firstPage(seen)).toMatchObject({ kind: 'page' });
  await putBack(cursor - 1, cursor + 5);
  expect(await firstPage(seen)).toEqual({ kind: 'resync', reset: 'full', reason: 'put_back' });
  // Consoles of earlier releases say nothing of what they have seen.
  expect(await firstPage()).toMatchObject({ kind: 'page' });
  expect(await firstPage(await upToDate())).toMatchObject({ kind: 'page' });
  expect(await firstPage({ epoch: uuidv7(), cursor: 0, mark: null })).toMatchObject({ reason: 'epoch' });
});

test('a head behind the cursor is noticed too, and a console without a mark is believed by the number', async () => {
  const seen = await upToDate();
  await putBack(seen.cursor - 3, seen.cursor - 3);
  expect((await greet(seen)).putBack).toBe(true);
  const { epoch, cursor } = await upToDate();
  expect((await greet({ epoch, cursor, mark: null })).putBack).toBeUndefined();
  expect((await greet({ epoch, cursor: cursor + 1, mark: null })).putBack).toBe(true);
  // Of another epoch nothing can be said: the epoch says it.
  expect((await greet({ epoch: uuidv7(), cursor: cursor + 1, mark: null })).putBack).toBeUndefined();
});

test('an administrator says so where no console that had seen more comes back', async () => {
  const before = await clock();
  expect(await sayPutBack(base.db, 'eao', 'command line', 7_000)).toBe(true);
  expect(await clock()).toEqual({
    v: before.v + 1_000_000,
    last_number: before.last_number + 10_000,
    put_back_at: 7_000,
  });
  expect(await sayPutBack(base.db, 'nowhere', 'command line', 7_000)).toBe(false);
  const audit = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select('detail').where('actor', '=', 'command line').execute(),
  );
  expect(audit).toEqual([{ detail: { head: before.v } }]);
});

test('the API remembers beside the database where it stood, and notices by itself that it was put back', async () => {
  const path = join(folder, 'heads.json');
  await setNoticed(null);
  await new TestClient(base.db, session).register();
  await lookAtHeads(base.db, path, 1);
  await new TestClient(base.db, session).register();
  await lookAtHeads(base.db, path, 2);
  expect((await clock()).put_back_at).toBeNull();
  const { v } = await clock();
  await putBack(v - 1, v + 3);
  await lookAtHeads(base.db, path, 3);
  expect(await clock()).toMatchObject({ v: v + 3 + 1_000_000, put_back_at: 3 });
  await lookAtHeads(base.db, path, 3 + MS_PER_DAY);
  expect(await clock()).toMatchObject({ put_back_at: 3 });
  // A file of another database says nothing, nor does one that cannot be read.
  await writeFile(path, JSON.stringify({ eao: { epoch: uuidv7(), cursor: 1, mark: uuidv7() } }));
  await lookAtHeads(base.db, path, 4 + MS_PER_DAY);
  await writeFile(path, '{"eao":');
  await lookAtHeads(base.db, path, 5 + MS_PER_DAY);
  expect(await clock()).toMatchObject({ put_back_at: 3 });
});

test('marks are forgotten after 90 days, the newest never, and a console of then compares its rows', async () => {
  await new TestClient(base.db, session).register();
  const old = await upToDate();
  await new TestClient(base.db, session).register();
  const recent = await upToDate();
  const now = Date.now() + 2 * MS_PER_DAY;
  const age = (v: number, days: number) =>
    withScope(base.owner, { region: 'eao' }, (tx) =>
      tx
        .updateTable('revision')
        .set({ at: now - days * MS_PER_DAY })
        .where('v', '<=', v)
        .execute(),
    );
  await age(old.cursor, 91);
  await runJob(
    forgetOldRevisions,
    jobContext(base.db, () => now),
  );
  expect((await greet(recent)).putBack).toBeUndefined();
  expect(await changes(recent)).toMatchObject({ kind: 'changes' });
  expect((await greet(old)).putBack).toBeUndefined();
  expect(await changes(old)).toEqual({ kind: 'resync', reset: 'bucket', reason: 'too_old' });
  expect(await changes({ ...recent, mark: uuidv7() })).toMatchObject({ reason: 'put_back' });
  await age(recent.cursor, 91);
  await runJob(
    forgetOldRevisions,
    jobContext(base.db, () => now),
  );
  const kept = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('revision').select(['v', 'mark']).execute(),
  );
  expect(kept).toEqual([{ v: recent.cursor, mark: recent.mark }]);
});

test('nothing is decided for a console that has seen what this database does not know', async () => {
  const seen = await upToDate();
  await putBack(seen.cursor - 1, seen.cursor);
  const client = new TestClient(base.db, session);
  const command = client.envelope(uuidv7(), 'register', registerArgs());
  const push = (change: object) =>
    pushCommands(
      base.db,
      session,
      { protocol: 1, clientId: client.clientId, commands: [command], ...change },
      Date.now,
    );
  expect(await push({ seen })).toEqual({ kind: 'put_back' });
  expect(await push({ seen: { ...seen, epoch: uuidv7() } })).toEqual({ kind: 'put_back' });
  expect(await knownCommands(base.db, session, [command.id])).toEqual([]);
  expect(await push({ seen: await upToDate() })).toMatchObject({ kind: 'pushed' });
  expect(await knownCommands(base.db, session, [command.id, uuidv7()])).toEqual([command.id]);
  expect(await knownCommands(base.db, sessionOfRole('approver'), [command.id])).toEqual([]);
  // What was accepted once and is refused here is offered again, so that its author is told.
  const refused = client.envelope(uuidv7(), 'note', { text: 'ни о чём' });
  expect((await client.push(refused)).outcomes).toMatchObject([{ status: 'refused' }]);
  expect(await knownCommands(base.db, session, [refused.id])).toEqual([]);
});

const again = (upon = 0, behind = false, number: number | null = null) => ({
  again: { upon, behind, number },
});

test('a command offered again waits for what it depends on, and those behind it wait as well', async () => {
  await setNoticed(Date.now());
  const [mine, others] = [uuidv7(), uuidv7()];
  const client = new TestClient(base.db, session);
  const note = client.envelope(others, 'note', { text: 'после регистрации' }, again());
  const behind = client.envelope(others, 'tag', { add: ['снег'], remove: [] });
  const own = client.envelope(mine, 'register', registerArgs());
  const { outcomes, lastSeq, gap } = await client.push(note, behind, own);
  expect(outcomes.map(({ status }) => status)).toEqual(['waits', 'waits', 'applied']);
  expect([lastSeq, gap]).toEqual([3, null]);
  expect(await knownCommands(base.db, session, [note.id, behind.id])).toEqual([]);
  // Its console numbers it anew; meanwhile the one it waited for has come.
  await new TestClient(base.db, sessionOfRole('approver')).do(others, 'register', registerArgs());
  const later = new TestClient(base.db, session);
  const renumbered = [
    { ...note, seq: 1 },
    { ...behind, seq: 2 },
  ];
  expect((await later.push(...renumbered)).outcomes.map(({ status }) => status)).toEqual([
    'applied',
    'applied',
  ]);
});

test('the order of acts about an incident is kept for a day, also where the decider would take any', async () => {
  await setNoticed(Date.now());
  const client = new TestClient(base.db, session);
  const id = await client.register();
  const note = client.envelope(id, 'note', { text: 'седьмое событие' }, again(7));
  expect((await client.push(note)).outcomes).toMatchObject([{ status: 'waits' }]);
  await setNoticed(Date.now() - MS_PER_DAY);
  expect((await client.push({ ...note, seq: client.seq + 1 })).outcomes).toMatchObject([
    { status: 'applied' },
  ]);
});

test('waiting is bounded, and what can never pass is refused at once', async () => {
  const refusedOf = async (change: object, at: number | null) => {
    await setNoticed(at);
    const client = new TestClient(base.db, session);
    const { outcomes } = await client.push(client.envelope(uuidv7(), 'note', { text: 'текст' }, change));
    return outcomes[0]?.status;
  };
  const now = Date.now();
  expect(await refusedOf(again(), now - 7 * MS_PER_DAY + 60_000)).toBe('waits');
  expect(await refusedOf(again(), now - 7 * MS_PER_DAY)).toBe('refused');
  expect(await refusedOf(again(0, true), now - 7 * MS_PER_DAY)).toBe('refused');
  expect(await refusedOf(again(), null)).toBe('refused');
  expect(await refusedOf({}, now)).toBe('refused');
  expect(await refusedOf({ ...again(), name: 'note@99' }, now)).toBe('refused');
});

test('a registration offered again gets the number that was told to people, unless somebody has it', async () => {
  await setNoticed(Date.now());
  const { last_number: last } = await clock();
  const numberOf = async (number: number): Promise<number | null> => {
    const client = new TestClient(base.db, session);
    const id = uuidv7();
    await client.push(client.envelope(id, 'register', registerArgs(), again(0, false, number)));
    const row = await withScope(base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('incident').select('number').where('id', '=', id).executeTakeFirstOrThrow(),
    );
    return row.number;
  };
  expect(await numberOf(last - 500)).toBe(last - 500);
  expect(await numberOf(last - 500)).toBe(last + 1);
  expect(await numberOf(last + 5000)).toBe(last + 2);
});
