import { expect, test } from 'vitest';
import { CallLoad } from '#server/channels/inbox/call-load.ts';

/** Which of two is over first. */
const first = (waiting: Promise<boolean>): Promise<string> =>
  Promise.race([
    waiting.then((isCalm) => (isCalm ? 'calm' : 'patience')),
    new Promise<string>((done) => setImmediate(() => done('storm'))),
  ]);

test('work goes on at once when it is calm, waits while calls pour in, and is not kept waiting for ever', async () => {
  let now = 0;
  const storm = new CallLoad(() => now);
  expect(await first(storm.calm())).toBe('calm');
  for (let call = 0; call < 10; call += 1) storm.note();
  expect(await first(storm.calm())).toBe('calm');
  for (let call = 0; call < 100; call += 1) storm.note();
  const waiting = storm.calm();
  expect(await first(waiting)).toBe('storm');
  // The clock moves with the calls, so that they come as fast on a busy machine.
  const pouring = setInterval(() => {
    now += 5;
    for (let call = 0; call < 20; call += 1) storm.note();
  }, 5);
  expect(await waiting).toBe(false);
  clearInterval(pouring);
});

test('a storm that does not end holds work up for a minute, and the next one as long again', async () => {
  let now = 0;
  const storm = new CallLoad(() => now);
  const pour = (): void => {
    for (let call = 0; call < 60; call += 1) storm.note();
  };
  const judged = async (): Promise<boolean> => {
    const pouring = setInterval(() => {
      now += 20;
      pour();
    }, 20);
    try {
      return await storm.calm();
    } finally {
      clearInterval(pouring);
    }
  };
  pour();
  expect(await judged()).toBe(false);
  for (let passed = 0; passed < 60_000; passed += 200) {
    now += 200;
    pour();
  }
  expect(await judged()).toBe(true);
  now += 1000;
  expect(await first(storm.calm())).toBe('calm');
  pour();
  expect(await judged()).toBe(false);
});
