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

test.each(Object.entries(PLANTED_BUGS))('the simulation finds: %s', async (name, planted) => {
  const { histories, failure } = await runLanes(database, { histories: 200, lanes: 1, seed: 11 }, planted);
  console.log(name, histories, failure?.error, JSON.stringify(failure?.steps));
  expect(failure).not.toBeNull();
});
