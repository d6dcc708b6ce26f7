import { expect, test } from 'vitest';
import { Storm } from '#server/channels/storm.ts';

/** Which of two is over first. */
const first = (waiting: Promise<boolean>): Promise<string> =>
  Promise.race([
    waiting.then((isCalm) => (isCalm ? 'calm' : 'patience')),
    new Promise<string>((done) => setImmediate(() => done('storm'))),
  ]);

test('work goes on at once when it is calm, waits while calls pour in, and is not kept waiting for ever', async () => {
  const storm = new Storm();
  expect(await first(storm.calm())).toBe('calm');
  for (let call = 0; call < 10; call += 1) storm.note();
  expect(await first(storm.calm())).toBe('calm');
  for (let call = 0; call < 100; call += 1) storm.note();
  const waiting = storm.calm();
  expect(await first(waiting)).toBe('storm');
  const pouring = setInterval(() => {
    for (let call = 0; call < 20; call += 1) storm.note();
  }, 5);
  expect(await waiting).toBe(false);
  clearInterval(pouring);
});
