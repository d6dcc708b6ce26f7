import { expect, test } from 'vitest';
import { serialQueue } from '#shared/async/serial-queue.ts';

test('work in the queue never overlaps, and a piece that fails does not stop the next', async () => {
  const inTurn = serialQueue();
  const log: string[] = [];
  const work = (name: string, ms: number) => async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    log.push(`${name} ends`);
    if (name === 'b') throw new Error('b');
  };
  const all = await Promise.allSettled([inTurn(work('a', 20)), inTurn(work('b', 1)), inTurn(work('c', 1))]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
