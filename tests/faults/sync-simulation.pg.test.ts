import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { runLanes } from '#tests/helpers/simulation/run-lanes.ts';

/** PULT_HISTORIES asks for more, PULT_SEED for the same again. */
const HISTORIES = Number(process.env['PULT_HISTORIES'] ?? 2000);
const SEED = Number(process.env['PULT_SEED'] ?? Date.now() % 1_000_000_000);

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await database.stop();
});

test(
  `${HISTORIES} histories of three consoles on a failing network lose nothing, double nothing and hide nothing`,
  { timeout: HISTORIES * 1000 },
  async () => {
    const start = performance.now();
    const { histories, failure } = await runLanes(database, { histories: HISTORIES, lanes: 6, seed: SEED });
    const seconds = (performance.now() - start) / 1000;
    console.log(
      `${histories} histories in ${seconds.toFixed(1)} s (${(histories / seconds).toFixed(1)}/s), ` +
        `seed ${SEED}`,
    );
    expect(failure).toBeNull();
    expect(histories).toBeGreaterThanOrEqual(HISTORIES);
  },
);
