import { describe, expect, it } from 'vitest';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { clocksOf, dayFraction } from '#shared/domain/clock.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { must } from '#shared/domain/must.ts';

const calendar = compileCalendar(defaultWorkingCalendar());
const local = (text: string): number => must(parseLocalTimestamp('Asia/Vladivostok', text), text);

describe('clocksOf', () => {
  it('keeps the two clocks of an evening message apart', () => {
    const clocks = clocksOf(calendar, local('2025-12-17 20:11:05'), local('2025-12-18 09:02:14'));
    expect(clocks.workingMinutes).toBe(33);
    expect(clocks.wallMinutes).toBeCloseTo(771.15, 6);
    expect(dayFraction(must(clocks.workingMinutes, 'a year with a calendar'))).toBe(0.022916666666666665);
    expect(dayFraction(clocks.wallMinutes)).toBeCloseTo(0.535522, 5);
  });

  it('never runs backwards', () => {
    expect(clocksOf(calendar, 2000, 1000)).toEqual({ workingMinutes: 0, wallMinutes: 0 });
  });
});
