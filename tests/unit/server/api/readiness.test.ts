import { expect, test } from 'vitest';
import { Readiness } from '#server/api/readiness.ts';
import type { WriteObstacle } from '#server/store/probe-writing.ts';

test('whoever asks at once or soon after costs one probe, and changes alone are told', async () => {
  const answers: (WriteObstacle | null)[] = [];
  let found: WriteObstacle | null = 'disk_full';
  let probes = 0;
  const readiness = new Readiness(
    async () => {
      probes += 1;
      return found;
    },
    (obstacle) => answers.push(obstacle),
  );
  const all = await Promise.all(Array.from({ length: 50 }, () => readiness.find()));
  expect(new Set(all)).toEqual(new Set(['disk_full']));
  await readiness.find();
  expect(probes).toBe(1);
  found = null;
  await expect.poll(() => readiness.find()).toBe(null);
  expect(answers).toEqual(['disk_full', null]);
});

test('a database that says nothing keeps nobody waiting', async () => {
  let probes = 0;
  const readiness = new Readiness(
    () => {
      probes += 1;
      return new Promise(() => undefined);
    },
    () => undefined,
    10,
  );
  expect(await readiness.find()).toBe('too_slow');
  expect(await readiness.find()).toBe('too_slow');
  expect(probes).toBe(1);
});
