import { expect, it } from 'vitest';
import { sleep } from '#server/process/sleep.ts';

const HOUR = 60 * 60_000;

it('ends at its time, at once when it is told to stop, and at once when that was before it began', async () => {
  await sleep(1);
  const stopping = new AbortController();
  const slept = sleep(HOUR, stopping.signal);
  stopping.abort();
  await slept;
  await sleep(HOUR, stopping.signal);
  expect(stopping.signal.aborted).toBe(true);
});
