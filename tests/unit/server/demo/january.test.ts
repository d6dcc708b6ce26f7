import { describe, expect, it } from 'vitest';
import { JANUARY, january } from '#server/demo/january.ts';
import { demoCalendar, demoPolicies } from '#server/demo/scene.ts';
import { today } from '#server/demo/today.ts';
import { factsOf } from '#shared/report/facts.ts';
import { reported } from '#tests/fixtures/facts.ts';
import { must } from '#shared/domain/must.ts';
import { formatDuration } from '#shared/text/duration.ts';

const cast = {
  operators: [{ id: 'operator-1', role: 'operator', agency: null } as const],
  approver: { id: 'approver-1', role: 'approver', agency: null } as const,
};
const context = { calendar: demoCalendar, policies: demoPolicies };

describe('January 2022 of the demo region', () => {
  const told = january(cast);
  const { report } = reported(told.map((one) => factsOf(one.incident, context)));

  it('is the month of the seed article', () => {
    expect(report.received).toBe(389);
    expect(report.groups.slice(0, 5).map((one) => [one.group, one.count])).toEqual([
      ['Дороги', 121],
      ['Безопасность', 64],
      ['ЖКХ', 58],
      ['Благоустройство', 43],
      ['Общественный транспорт', 31],
    ]);
    expect(report.firstReply.working.meanMinutes).toBe(JANUARY.meanWorkingMinutes);
    expect(
      formatDuration(must(report.firstReply.working.meanMinutes, 'a mean'), 'ru').replaceAll('\u00A0', ' '),
    ).toBe('2 ч 46 мин');
    expect(report.firstReply.wall.meanMinutes).toBeGreaterThan(2 * JANUARY.meanWorkingMinutes);
  });

  it('adds up', () => {
    expect(report.control).toMatchObject({
      received: 389,
      rejected: 11,
      merged: 7,
      taken: 371,
      balances: true,
    });
    expect(report.outcomes.find((one) => one.outcome === 'solved')?.count).toBe(JANUARY.solved);
    expect(report.municipalities.reduce((sum, one) => sum + one.count, 0)).toBe(389);
    expect(report.networks.reduce((sum, one) => sum + one.count, 0)).toBe(389);
  });

  it('is the same every time and has unique ids in order', () => {
    expect(january(cast)).toEqual(told);
    const ids = told.map((one) => one.incident.id);
    expect(new Set(ids).size).toBe(389);
    expect(told.map((one) => one.incident.number)).toEqual(told.map((_, index) => 20_101 + index));
  });

  it('writes varied texts', () => {
    expect(new Set(told.map((one) => one.incident.text)).size).toBeGreaterThan(250);
    expect(told.every((one) => !/[{}]/.test(one.incident.text))).toBe(true);
  });
});

describe('the shift of today', () => {
  const working = [
    'new',
    'assigned',
    'in_progress',
    'approval',
    'publishing',
    'satisfaction',
    'done',
  ] as const;
  // In the New Year holidays nobody answers for ten days: every author has been silent for longer than 97 hours.
  const holidays = working.filter((step) => step !== 'satisfaction');
  it.each([
    [Date.UTC(2026, 10, 24, 0, 42), working],
    [Date.UTC(2026, 10, 22, 3, 0), working],
    [Date.UTC(2026, 0, 5, 12, 0), holidays],
  ])('has work at every stage (%i)', (now, expected) => {
    const told = today(cast, now, 50_000);
    const steps = new Set(told.map((one) => one.incident.step.name));
    expect([...steps]).toEqual(expect.arrayContaining([...expected]));
    for (const { incident } of told) expect(incident.createdAt).toBeLessThanOrEqual(now);
  });
});
