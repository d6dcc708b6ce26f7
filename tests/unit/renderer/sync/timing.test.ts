import { expect, test } from 'vitest';
import { backoffMs, between } from '#renderer/data/sync/backoff.ts';
import { clockOffset } from '#renderer/data/sync/clock-offset.ts';
import { pause, type StartTimer } from '#renderer/data/sync/pause.ts';

test('backoff doubles up to a ceiling, anywhere between nothing and all of it', () => {
  expect([1, 2, 3, 20].map((attempt) => backoffMs(attempt, 1))).toEqual([1000, 2000, 4000, 60_000]);
  expect(backoffMs(5, 0)).toBe(0);
  expect(between(10, 20, 0.5)).toBe(15);
});

test('the clock offset follows the sample that took the shortest way', () => {
  const slow = { at: 10_000, serverTime: 4000, roundTripMs: 3000 };
  const quick = { at: 20_000, serverTime: 15_000, roundTripMs: 40 };
  expect(clockOffset([slow, quick])).toBe(-4980);
  expect(clockOffset([quick, slow])).toBe(-4980);
  expect(clockOffset([])).toBe(0);
});

test('a pause lasts as long as its timer, or until it is aborted, and leaves no timer behind', async () => {
  const timers = new Map<() => void, number>();
  const startTimer: StartTimer = (ms, run) => {
    timers.set(run, ms);
    return () => timers.delete(run);
  };
  const stopping = new AbortController();
  const rung = pause(20, stopping.signal, startTimer);
  for (const [run, ms] of timers) {
    expect(ms).toBe(20);
    timers.delete(run);
    run();
  }
  await rung;
  const stopped = pause(3_600_000, stopping.signal, startTimer);
  expect(timers.size).toBe(1);
  stopping.abort();
  await stopped;
  await pause(3_600_000, stopping.signal, startTimer);
  expect(timers.size).toBe(0);
});
