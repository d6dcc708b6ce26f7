import { describe, expect, it } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { monthPeriod } from '#shared/report/period.ts';
import { nextStep, readMonth, withFresh } from '#renderer/report/read-month.ts';
import { contextAt, incidentIn, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const context = contextAt(TUESDAY_10);
const sample = incidentIn('done');
const january = must(monthPeriod('2022-01', 'Asia/Vladivostok'), 'a month');

/** A store of `perDay` incidents a day that counts what it is asked. */
function storeOf(perDay: number) {
  const gap = MS_PER_DAY / perDay;
  const all = Array.from({ length: 31 * perDay }, (_, n): Incident => ({
    ...sample,
    id: `i${n}`,
    createdAt: january.start + n * gap,
  }));
  const asked: number[] = [];
  return {
    all,
    asked,
    incidentsOf: async (from: number, to: number) => {
      const found = all.filter(({ createdAt }) => createdAt >= from && createdAt < to);
      asked.push(found.length);
      return found;
    },
  };
}

describe('reading a month', () => {
  it.each([1, 12, 225])('finds every incident once, in portions, at %i a day', async (perDay) => {
    const store = storeOf(perDay);
    const shares: number[] = [];
    const entries = must(
      await readMonth(store, january, context, (share) => shares.push(share), new AbortController().signal),
      'entries',
    );
    expect(entries.size).toBe(31 * perDay);
    expect(Math.max(...store.asked)).toBeLessThanOrEqual(500);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it('asks seldom for a month of few messages', async () => {
    const store = storeOf(1);
    await readMonth(store, january, context, () => undefined, new AbortController().signal);
    expect(store.asked.length).toBeLessThanOrEqual(5);
  });

  it('stops when the reader has gone elsewhere', async () => {
    const store = storeOf(225);
    const stop = new AbortController();
    const read = readMonth(store, january, context, () => stop.abort(), stop.signal);
    expect(await read).toBeNull();
    expect(store.asked.length).toBe(2);
  });

  it('never takes a step of nothing', () => {
    let step = MS_PER_DAY;
    for (let n = 0; n < 50; n += 1) step = nextStep(step, 10_000);
    expect(step).toBeGreaterThanOrEqual(MS_PER_DAY / 16);
  });
});

describe('changes', () => {
  it('replace and remove what was read, and leave the rest', async () => {
    const entries = must(
      await readMonth(storeOf(1), january, context, () => undefined, new AbortController().signal),
      'entries',
    );
    const changed: Incident = { ...sample, id: 'i3', createdAt: january.start, text: 'x'.repeat(1000) };
    const next = withFresh(
      entries,
      new Map([
        ['i3', changed],
        ['i4', null],
      ]),
      context,
    );
    expect(next.size).toBe(30);
    expect(next.get('i3')?.brief.text.length).toBeLessThan(300);
    expect(next.get('i5')).toBe(entries.get('i5'));
    expect(entries.size).toBe(31);
  });
});
