import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import type { History } from '#tests/helpers/simulation/history-step.ts';
import { liveHistory } from '#tests/helpers/simulation/history.ts';
import { memoryLane, twinLane } from '#tests/helpers/simulation/lanes.ts';
import { runLanes } from '#tests/helpers/simulation/run-lanes.ts';

/**
 * As many as find most of the planted bugs, each of which has its test. The same histories each time, so that
 * a change is judged by what it does; `npm run simulate` lives new ones, PULT_HISTORIES and PULT_SEED ask for
 * them here.
 */
const HISTORIES = Number(process.env['PULT_HISTORIES'] ?? 300);
const SEED = Number(process.env['PULT_SEED'] ?? 20_261_129);
/** Of so many histories one is lived on PostgreSQL, too: each takes as long as twenty in memory. */
const REAL = 12;

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
    const { histories, failure } = await runLanes(memoryLane, { histories: HISTORIES, lanes: 1, seed: SEED });
    const seconds = (performance.now() - start) / 1000;
    console.log(
      `${histories} histories in ${seconds.toFixed(1)} s (${(histories / seconds).toFixed(1)}/s), ` +
        `seed ${SEED}`,
    );
    expect(failure).toBeNull();
    expect(histories).toBeGreaterThanOrEqual(HISTORIES);
  },
);

test(
  `in ${HISTORIES / REAL} histories PostgreSQL and the model give the same answers to everything`,
  { timeout: HISTORIES * 1000 },
  async () => {
    const run = { histories: HISTORIES / REAL, lanes: 6, seed: SEED };
    const { histories, failure } = await runLanes(() => twinLane(database), run);
    expect(failure).toBeNull();
    expect(histories).toBeGreaterThanOrEqual(HISTORIES / REAL);
  },
);

const KEPT = new URL('../fixtures/histories/', import.meta.url);

test.each(readdirSync(KEPT))('the history %s breaks no rule any more', async (name) => {
  const history = JSON.parse(readFileSync(new URL(name, KEPT), 'utf8')) as History;
  const lane = twinLane(database);
  await expect(lane.region().then((region) => liveHistory(region, history))).resolves.toBeUndefined();
  await lane.close();
});
