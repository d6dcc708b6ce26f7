import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { withScope } from '#server/store/database.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const DAY_MS = 86_400_000;

test.each([
  ['before all calendars', -9_007_199_254_740_991],
  ['beyond all calendars', 9_007_199_254_740_991],
  ['of no clock', 1e300],
  ['with a part of a millisecond', Date.now() + 0.5],
  ['of the day after tomorrow', Date.now() + 2 * DAY_MS],
  ['from before 2000', 0],
])('a moment %s is refused by name, and the next command goes on', async (_what, at) => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = await me.register();
  const { outcomes } = await me.push(
    me.envelope(id, 'note', { text: 'x' }, { at }),
    me.envelope(id, 'claim', {}),
  );
  expect(outcomes).toMatchObject([
    { status: 'refused', refusal: { kind: 'clock_wrong' } },
    { status: 'applied' },
  ]);
});

test('a clock that is an hour ahead is set right and its commands are carried out', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = await me.register();
  const { outcomes } = await me.push(me.envelope(id, 'note', { text: 'x' }, { at: Date.now() + 3_600_000 }));
  expect(outcomes).toMatchObject([{ status: 'applied' }]);
  const { row } = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('incident').select('row').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  expect((row as unknown as Incident).notes[0]?.at).toBeLessThanOrEqual(Date.now());
});
