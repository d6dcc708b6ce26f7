import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { HOLD_TAG, SILENCE_ACTOR } from '#shared/domain/silence.ts';
import { closeSilent } from '#server/jobs/close-silent.ts';
import { withScope } from '#server/store/database.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

const HOUR = 3_600_000;
let base: FreshDatabase;

beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

/** Answers a new message to the end, and gives its outcome unless it is left out. */
async function answered(region: string, hasOutcome = true): Promise<string> {
  const me = new TestClient(base.db, sessionOfRole('approver', { region }));
  const id = await me.register();
  await me.do(id, 'route', { agency: 'roads', unit: '', from: '', reason: '' });
  await me.do(id, 'takeToWork', {});
  await me.do(id, 'draftReply', { text: 'Починили', kind: 'final', promises: [] });
  await me.do(id, 'submitForApproval', {});
  await me.approve(id, 'Починили');
  const published = { at: Date.now(), link: '', account: '', hasMedia: false };
  expect(await me.do(id, 'recordPublication', published)).toMatchObject({ status: 'applied' });
  if (hasOutcome) await me.do(id, 'setOutcome', { type: 'solvable', outcome: 'explained' });
  return id;
}

const read = (region: string, id: string): Promise<Incident> =>
  withScope(base.db, { region }, async (tx) => {
    const { row } = await tx
      .selectFrom('incident')
      .select('row')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row as unknown as Incident;
  });

const runAfter = (hours: number): Promise<void> =>
  runJob(
    closeSilent,
    jobContext(base.db, () => Date.now() + hours * HOUR),
  );

it('closes what its author has been silent about, once, and leaves what is held, open or elsewhere', async () => {
  const silent = await answered('eao');
  const held = await answered('eao');
  const open = await answered('eao', false);
  const stranger = await answered('amur');
  const wrote = await answered('eao');
  const me = new TestClient(base.db, sessionOfRole('operator', { region: 'eao' }));
  await me.do(held, 'tag', { add: [HOLD_TAG], remove: [] });
  const word = { text: 'Ничего не починили', at: Date.now(), url: '' };
  expect(await me.do(wrote, 'receiveMessage', word)).toMatchObject({ status: 'applied' });

  await runAfter(95);
  expect((await read('eao', silent)).step.name).toBe('satisfaction');
  for (const _ of [1, 2]) await runAfter(97);

  const closed = await read('eao', silent);
  expect(closed.closing?.reason).toBe('author_silent');
  // A reason to close is no outcome: that stays as a person gave it.
  expect(closed.outcome).toBe('explained');
  expect(closed.history.filter(({ by }) => by === SILENCE_ACTOR)).toMatchObject([{ event: 'closed' }]);
  for (const id of [held, open, wrote]) expect((await read('eao', id)).step.name).toBe('satisfaction');
  expect((await read('amur', stranger)).step.name).toBe('satisfaction');

  await me.do(held, 'tag', { add: [], remove: [HOLD_TAG] });
  await runAfter(97);
  expect((await read('eao', held)).closing?.reason).toBe('author_silent');
});
