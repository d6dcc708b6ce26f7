import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { PLANTED_BUGS } from '#tests/helpers/simulation/planted-bugs.ts';
import { runLanes } from '#tests/helpers/simulation/run-lanes.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await database.stop();
});

test.each(PLANTED_BUGS)('the simulation finds: %s', async (_name, planted, complaint) => {
  const { failure } = await runLanes(
    database,
    { histories: 300, lanes: 1, seed: 11, endOnFailure: true },
    planted,
  );
  expect(failure?.error).toMatch(complaint);
});
