import { expect, test } from 'vitest';
import { memoryLane } from '#tests/helpers/simulation/lanes.ts';
import { PLANTED_BUGS } from '#tests/helpers/simulation/planted-bugs.ts';
import { runLanes } from '#tests/helpers/simulation/run-lanes.ts';

test.each(PLANTED_BUGS)('the simulation finds: %s', async (_name, planted, complaint) => {
  const { failure } = await runLanes(
    memoryLane,
    { histories: 600, lanes: 1, seed: 11, endOnFailure: true },
    planted,
  );
  expect(failure?.error).toMatch(complaint);
});
