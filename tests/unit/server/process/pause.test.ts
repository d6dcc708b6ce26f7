import { expect, it } from 'vitest';
import { pause } from '#server/process/pause.ts';

const HOUR = 60 * 60_000;

it('ends at its time, at once when it is told to stop, and at once when that was before it began', async () => {
  await pause(1);
  const stopping = new AbortController();
  const paused = pause(HOUR, stopping.signal);
  stopping.abort();
  await paused;
  await pause(HOUR, stopping.signal);
  expect(stopping.signal.aborted).toBe(true);
});
