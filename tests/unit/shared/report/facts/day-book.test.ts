import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { localDayAt } from '#shared/domain/time-zone.ts';
import { DayBook } from '#shared/report/facts/day-book.ts';
import { factsOf, type Facts } from '#shared/report/facts/facts.ts';
import { pastOf } from '#tests/fixtures/report-oracles.ts';
import { daysPeriod } from '#shared/report/facts/period.ts';
import { incidentIn } from '#tests/fixtures/incident-builder.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';

// Moscow put its clocks back in October 2014, and took them forward and back each year until 2011.
const ZONE = 'Europe/Moscow';
const context = {
  calendar: compileCalendar(defaultWorkingCalendar(ZONE), { from: 2009, to: 2016 }),
  policies: defaultPolicies,
};
const [FROM, TO] = [Date.UTC(2010, 8, 1), Date.UTC(2015, 0, 1)];
const factsFrom = (seed: number, count = 300): readonly Facts[] =>
  randomIncidents(seed, count, FROM, TO).map((incident) => factsOf(incident, context));

const dayOf = (at: number): number => localDayAt(ZONE, at);

function bookOf(facts: readonly Facts[]): DayBook {
  const book = new DayBook();
  for (const row of facts) book.enter(row, dayOf);
  return book;
}

const dates = fc
  .tuple(
    fc.date({ min: new Date(FROM), max: new Date(TO), noInvalidDate: true }),
    fc.integer({ min: 1, max: 400 }),
  )
  .map(([first, days]) => [first, new Date(first.getTime() + days * 86_400_000)] as const)
  .map((pair) => pair.map((date) => date.toISOString().slice(0, 10)) as [string, string]);

describe('the sums by day', () => {
  it('say of any days what going through all incidents says', () => {
    const facts = factsFrom(1);
    const past = pastOf(facts, ZONE);
    const book = bookOf(facts);
    fc.assert(
      fc.property(dates, ([from, after]) => {
        const period = daysPeriod(from, after, ZONE);
        expect(book.totals(period)).toEqual(past.totals(period));
        expect(book.carried(period)).toEqual(past.carried(period));
        expect(book.days(period)).toEqual(past.days(period));
      }),
    );
  });

  it('add up from parts, and forget what is struck', () => {
    const [kept, struck, added] = [factsFrom(2), factsFrom(3), factsFrom(4)];
    const book = bookOf([...kept, ...struck]);
    for (const row of struck) book.enter(row, dayOf, -1);
    book.add(bookOf(added));
    const period = daysPeriod('2012-01-01', '2014-12-01', ZONE);
    expect(book.totals(period).received).toBeGreaterThan(100);
    expect(book.totals(period)).toEqual(bookOf([...kept, ...added]).totals(period));
    expect(book.carried(period)).toEqual(bookOf([...kept, ...added]).carried(period));
    expect(book.days(period)).toEqual(bookOf([...kept, ...added]).days(period));
  });

  it('never have an incident leave work before it came, whatever the source says', () => {
    const incident = incidentIn('done');
    const facts = factsOf(
      { ...incident, closing: { reason: 'author_pleased', at: incident.createdAt - 40 * 86_400_000 } },
      context,
    );
    expect(facts.closedAt).toBe(incident.createdAt);
  });
});
