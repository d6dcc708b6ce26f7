import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PageSize } from '#renderer/data/sync/page-size.ts';
import { Silence } from '#renderer/data/sync/silence.ts';

const LONGEST = 8 * 1024 * 1024;

/** Milliseconds of a page on a line: so many bytes a second, packed to a fifth, and a delay. */
const timeOn = (bytes: number, perSecond: number, delayMs: number): number =>
  delayMs + (bytes / 5 / perSecond) * 1000;

test('on every line pages come to take some seconds, and get through what breaks off', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2_000, max: 20_000_000 }),
      fc.integer({ min: 0, max: 3_000 }),
      fc.integer({ min: 20_000, max: 10_000_000 }),
      (perSecond, delayMs, breaksAfter) => {
        const size = new PageSize(LONGEST);
        let pages = 0;
        for (let n = 0; n < 60; n += 1) {
          if (size.bytes / 5 > breaksAfter) size.brokeOff();
          else {
            pages += 1;
            size.came(timeOn(size.bytes, perSecond, delayMs), true);
          }
        }
        expect(pages).toBeGreaterThan(25);
        const smallest = 16 * 1024;
        expect(size.bytes).toBeGreaterThanOrEqual(smallest);
        expect(size.bytes).toBeLessThanOrEqual(LONGEST);
        const isSmallest = size.bytes === smallest;
        expect(isSmallest || timeOn(size.bytes / 2, perSecond, delayMs) < 10_000).toBe(true);
      },
    ),
  );
});

test('on a quick line they become as large as they may be', () => {
  const size = new PageSize(LONGEST);
  for (let n = 0; n < 10; n += 1) size.came(20, true);
  expect([size.bytes, size.isSlow]).toEqual([LONGEST, false]);
});

test('a round trip of 2 s and a break after every 256 KB do not leave the smallest pages', () => {
  const size = new PageSize(LONGEST);
  let carried = 0;
  let asked = 0;
  for (let n = 0; n < 200; n += 1) {
    asked += size.bytes;
    carried += size.bytes / 7;
    if (carried > 256 * 1024) {
      carried = 0;
      size.brokeOff();
    } else size.came(2200 + size.bytes / 7 / 8, true);
  }
  expect(asked / 200).toBeGreaterThan(100 * 1024);
});

test('a steady line of 64 kbit/s and a round trip of 2 s is used for the most part', () => {
  const size = new PageSize(LONGEST);
  let [carrying, passed] = [0, 0];
  for (let n = 0; n < 100; n += 1) {
    const carryMs = size.bytes / 5 / 8;
    carrying += carryMs;
    passed += 2000 + carryMs;
    size.came(2000 + carryMs, true);
  }
  expect(carrying / passed).toBeGreaterThan(0.7);
});

test('an empty page that comes at once does not undo what a broken one has taught', () => {
  const size = new PageSize(LONGEST);
  for (let n = 0; n < 20; n += 1) {
    size.brokeOff();
    size.came(50, false);
  }
  expect(size.bytes).toBe(16 * 1024);
});

test('a slow page and a broken one are told as slow until one comes quickly', () => {
  const size = new PageSize(LONGEST);
  size.came(9_000, true);
  expect(size.isSlow).toBe(true);
  size.came(3_000, true);
  expect(size.isSlow).toBe(false);
  size.brokeOff();
  expect(size.isSlow).toBe(true);
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('an answer that goes on arriving is waited for, silence is not', () => {
  const silence = new Silence(30_000, 90_000);
  vi.advanceTimersByTime(89_000);
  expect([silence.signal.aborted, silence.isHeard]).toEqual([false, false]);
  for (let n = 0; n < 20; n += 1) {
    silence.heard();
    vi.advanceTimersByTime(29_000);
  }
  expect([silence.signal.aborted, silence.isHeard]).toEqual([false, true]);
  vi.advanceTimersByTime(1_001);
  expect(silence.signal.aborted).toBe(true);
});
