import { expect, test } from 'vitest';
import { coalesced } from '#renderer/data/sync/coalesced.ts';

/** Work that ends when it is let go; counts its runs. */
function heldWork() {
  const waiting: { readonly done: () => void; readonly fail: (error: Error) => void }[] = [];
  let runs = 0;
  return {
    runs: () => runs,
    work: (): Promise<void> => {
      runs += 1;
      return new Promise((done, fail) => void waiting.push({ done, fail }));
    },
    next: () => waiting.shift(),
  };
}

/** Lets everything that is ready run. */
const settle = (): Promise<void> => new Promise((done) => void setTimeout(done, 0));

test('a burst of calls costs two runs, and every call waits for the last of them', async () => {
  const held = heldWork();
  const call = coalesced(held.work);
  let ended = 0;
  const calls = Array.from({ length: 100 }, () => call().then(() => (ended += 1)));
  held.next()?.done();
  await settle();
  expect([held.runs(), ended]).toEqual([2, 0]);
  held.next()?.done();
  await Promise.all(calls);
  expect([held.runs(), ended]).toEqual([2, 100]);
});

test('a failure reaches the caller, and the next call runs again', async () => {
  const held = heldWork();
  const call = coalesced(held.work);
  const failing = call();
  held.next()?.fail(new Error('no disk'));
  await expect(failing).rejects.toThrow('no disk');
  const again = call();
  held.next()?.done();
  await again;
  expect(held.runs()).toBe(2);
});

test('once it is over no run begins, neither a wanted one nor a new one', async () => {
  const held = heldWork();
  let isOver = false;
  const call = coalesced(held.work, () => isOver);
  const calls = [call(), call()];
  isOver = true;
  held.next()?.done();
  await Promise.all([...calls, call()]);
  expect(held.runs()).toBe(1);
});
