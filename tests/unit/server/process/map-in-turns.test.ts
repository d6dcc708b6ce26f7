import { expect, test } from 'vitest';
import { mapInTurns } from '#server/process/map-in-turns.ts';

test('others have their turn while many long texts are worked on, and the results keep their order', async () => {
  const texts = Array.from({ length: 50 }, (_, index) => `${index} `.repeat(5000));
  let [turns, isOver] = [0, false];
  const count = (): void => {
    if (isOver) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  const lengths = await mapInTurns(
    texts,
    ({ length }) => length,
    (text) => text.length,
  );
  isOver = true;
  expect(lengths).toEqual(texts.map(({ length }) => length));
  expect(turns).toBeGreaterThan(10);
});

test('a few short texts are done at once', async () => {
  let isOver = false;
  setImmediate(() => (isOver = true));
  await mapInTurns(
    ['а', 'б'],
    ({ length }) => length,
    (text) => text,
  );
  expect(isOver).toBe(false);
});
