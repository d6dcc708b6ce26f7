import { describe, expect, it, test } from 'vitest';
import { agencyWeeks, calendarFor, hasOwnHours } from '#shared/domain/agency-hours.ts';
import { calendarOf, workingMinutesBetween } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { dueFor } from '#shared/domain/due.ts';
import { movedDues, withDraft } from '#shared/domain/moved-dues.ts';
import { must } from '#shared/domain/must.ts';
import { parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { AGENCY, incidentIn } from '#tests/fixtures/incident-builder.ts';

const LATE = { from: '12:00', to: '21:00', break: { from: '16:00', to: '17:00' } };
const LATE_WEEK = [...Array.from({ length: 5 }, () => LATE), null, null];
const DATA = defaultWorkingCalendar();
const local = (text: string): number => must(parseLocalTimestamp(DATA.zone, text), text);
const agency = (id: string, hours?: Agency['hours']): Agency => ({
  id,
  name: id,
  shortName: id,
  kind: 'utility',
  units: [],
  verified: true,
  ...(hours === undefined ? {} : { hours }),
});
const weeks = agencyWeeks([agency('heat', LATE_WEEK), agency('roads')]);
const calendar = calendarOf(DATA, weeks);

describe('the hours an agency works by', () => {
  it('are its own with their break, else those of the centre', () => {
    const [from, to] = [local('2026-03-05 08:30:00'), local('2026-03-06 08:30:00')];
    expect(workingMinutesBetween(calendarFor(calendar, 'heat'), from, to)).toBe(8 * 60);
    for (const other of ['roads', 'nobody', null]) expect(calendarFor(calendar, other)).toBe(calendar);
    expect(hasOwnHours(calendar, 'heat')).toBe(true);
    expect(hasOwnHours(calendar, 'roads')).toBe(false);
  });

  it('have the days off of the region, and an hour less before a holiday', () => {
    const heat = calendarFor(calendar, 'heat');
    const minutesOn = (date: string): number =>
      workingMinutesBetween(heat, local(`${date} 00:00:00`), local(`${date} 23:59:59`));
    expect(minutesOn('2026-03-09')).toBe(0);
    expect(minutesOn('2026-04-30')).toBe(7 * 60);
  });

  it.each<[string, Agency['hours']]>([
    ['without working time', Array.from({ length: 7 }, () => null)],
    ['that end before they begin', [{ from: '18:00', to: '09:00' }, null, null, null, null, null, null]],
    [
      'with a break outside',
      [
        { from: '09:00', to: '18:00', break: { from: '08:00', to: '09:30' } },
        null,
        null,
        null,
        null,
        null,
        null,
      ],
    ],
  ])('are the centre’s where they are hours %s', (_name, hours) => {
    expect(agencyWeeks([agency('heat', hours)]).size).toBe(0);
  });

  it('are compiled once for all agencies that work alike', () => {
    const alike = calendarOf(DATA, agencyWeeks([agency('a', LATE_WEEK), agency('b', [...LATE_WEEK])]));
    expect(calendarFor(alike, 'a')).toBe(calendarFor(alike, 'b'));
    expect(calendarFor(alike, 'a')).toBe(calendarFor(alike, 'a'));
  });
});

describe('the deadline of a message', () => {
  const held = incidentIn('assigned');
  const own = calendarOf(DATA, agencyWeeks([agency(AGENCY, LATE_WEEK)]));
  const settings = { calendar: own, policies: defaultPolicies };
  const ofCentre = { calendar: calendarOf(DATA), policies: defaultPolicies };

  test('counts by the hours of the agency that holds it', () => {
    const [byAgency, byCentre] = [dueFor(held, settings), dueFor(held, ofCentre)];
    expect(byAgency?.policy).toBe(byCentre?.policy);
    // Came on Tuesday at 10:00: four hours on Tuesday are left to the agency's first break, and so on.
    expect(byAgency?.at).toBe(local('2022-01-19 13:00:00'));
    expect(byCentre?.at).toBe(local('2022-01-19 10:00:00'));
    expect(dueFor({ ...held, assignments: [] }, settings)?.at).toBe(byCentre?.at);
  });

  test('is met or missed in a summary by the same hours', () => {
    const answered = incidentIn('satisfaction');
    const at = local('2022-01-19 12:30:00');
    const late = { ...answered, replies: answered.replies.map((one) => ({ ...one, publishedAt: at })) };
    expect(factsOf(late, settings).inTime).toBe(true);
    expect(factsOf(late, ofCentre).inTime).toBe(false);
    expect(factsOf(late, settings).workingMinutes).toBe(factsOf(late, ofCentre).workingMinutes);
  });

  test('moves by a change of the hours before they are saved, and back', () => {
    const open = { ...held, due: dueFor(held, settings) };
    const now = held.createdAt;
    const without = withDraft(settings, { hours: { agency: AGENCY, week: null } });
    expect(movedDues([open], without, now, 9)).toMatchObject({ running: 1, moved: 1 });
    const again = withDraft(without, { hours: { agency: AGENCY, week: LATE_WEEK } });
    expect(movedDues([open], again, now, 9)).toMatchObject({ running: 1, moved: 0 });
    const other = withDraft(settings, { hours: { agency: 'roads', week: LATE_WEEK } });
    expect(movedDues([open], other, now, 9)).toMatchObject({ running: 1, moved: 0 });
  });
});
