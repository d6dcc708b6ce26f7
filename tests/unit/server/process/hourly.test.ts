import { expect, it } from 'vitest';
import { runHourly } from '#server/process/hourly.ts';

it('does all tasks though one fails, tells of it, and ends when it is told to', async () => {
  const done: string[] = [];
  const troubles: unknown[] = [];
  const all = Promise.withResolvers<void>();
  const running = runHourly(
    [
      async () => void done.push('first'),
      () => Promise.reject(new Error('no')),
      async () => {
        done.push('last');
        all.resolve();
      },
    ],
    (error) => troubles.push(error),
  );
  await all.promise;
  await running.stop();
  expect(done).toEqual(['first', 'last']);
  expect(troubles).toEqual([new Error('no')]);
});
