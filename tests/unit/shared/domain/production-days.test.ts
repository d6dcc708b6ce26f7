import { describe, expect, it, test } from 'vitest';
import { workingHoursOn, yearsWithoutHolidays, compileCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { must } from '#shared/domain/must.ts';
import {
  anHourLess,
  asProduced,
  hasProductionYear,
  isOwnDay,
  PRODUCTION_YEARS,
  withDay,
  withProductionYear,
  withWeek,
} from '#shared/domain/production-days.ts';
import { dayOfDate } from '#shared/domain/time-zone.ts';

const USUAL = defaultWorkingCalendar();
const NINE = { from: '09:00', to: '18:00', break: { from: '13:00', to: '14:00' } };
const hoursOn = (calendar: typeof USUAL, date: string) =>
  workingHoursOn(calendar, must(dayOfDate(date), date));

it('the calendar of a new region has no day of its own', () => {
  expect(Object.keys(USUAL.days).filter((date) => isOwnDay(USUAL, date))).toEqual([]);
  expect(PRODUCTION_YEARS.every((year) => hasProductionYear(USUAL, year))).toBe(true);
});

describe('another week', () => {
  const week = USUAL.week.map((hours) => (hours === null ? null : NINE));
  const changed = withWeek(
    withDay(USUAL, '2026-09-15', { from: '09:00', to: '12:00' }, 'День области'),
    week,
  );

  test('takes the shorter and moved days of the country along', () => {
    expect(hoursOn(changed, '2026-04-30')).toEqual({ ...NINE, to: '17:00' });
    expect(hoursOn(changed, '2025-11-01')).toEqual({ ...NINE, to: '17:00' });
    expect(hoursOn(changed, '2024-04-27')).toEqual(NINE);
    expect(hoursOn(changed, '2026-01-01')).toBeNull();
  });

  test('leaves the region’s own days', () => {
    expect(hoursOn(changed, '2026-09-15')).toEqual({ from: '09:00', to: '12:00' });
    expect(Object.keys(changed.days).filter((date) => isOwnDay(changed, date))).toEqual(['2026-09-15']);
  });

  test('and back again is as before', () => {
    expect(withWeek(withWeek(USUAL, week), USUAL.week)).toEqual(USUAL);
  });
});

it('a day of the region’s own may be taken back, and a holiday of the country be worked', () => {
  const worked = withDay(USUAL, '2026-06-12', null, 'Работаем');
  expect(hoursOn(worked, '2026-06-12')).toEqual(USUAL.week[4]);
  expect(isOwnDay(worked, '2026-06-12')).toBe(true);
  expect({ ...asProduced(worked, '2026-06-12'), names: undefined }).toEqual({ ...USUAL, names: undefined });
});

it('a year is laid under the region’s own days of it', () => {
  const bare = { ...USUAL, days: {} };
  const own = withDay(bare, '2026-01-05', { from: '10:00', to: '14:00' }, 'Дежурим');
  const laid = withProductionYear(own, 2026);
  expect(hoursOn(laid, '2026-01-05')).toEqual({ from: '10:00', to: '14:00' });
  expect(hoursOn(laid, '2026-01-06')).toBeNull();
  expect(hasProductionYear(laid, 2026)).toBe(true);
  expect(hasProductionYear(laid, 2025)).toBe(false);
});

it('a day of its own makes no year known', () => {
  const calendar = withDay(USUAL, '2030-09-15', 'off', 'День области');
  const compiled = compileCalendar(calendar);
  const [from, to] = [Date.UTC(2030, 8, 1), Date.UTC(2030, 8, 20)];
  expect(yearsWithoutHolidays(compiled, from, to)).toEqual([2030]);
});

it('an hour less keeps a break that still fits', () => {
  expect(anHourLess(NINE)).toEqual({ ...NINE, to: '17:00' });
  expect(anHourLess({ from: '09:00', to: '13:00', break: { from: '12:00', to: '12:30' } })).toEqual({
    from: '09:00',
    to: '12:00',
  });
});
