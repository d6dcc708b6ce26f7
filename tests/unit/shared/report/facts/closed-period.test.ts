import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventBody, IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { authorKey } from '#shared/domain/likeness.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import { DayBook } from '#shared/report/facts/day-book.ts';
import { factsOf, type Facts } from '#shared/report/facts/facts.ts';
import { daysPeriod, within, type Period } from '#shared/report/facts/period.ts';
import { factsBehind } from '#shared/report/summary/figure.ts';
import { flowOf } from '#shared/report/summary/lines.ts';
import { baseFacts, calendar, directory, ZONE } from '#tests/fixtures/facts.ts';
import { contextAt, incidentIn, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';
import { inputOf } from '#tests/fixtures/report-input.ts';
import { pastOf } from '#tests/fixtures/report-oracles.ts';
import {
  CLOSED_QUESTION,
  REOPENED_AND_REPEATED,
  REPEATED_QUESTION,
} from '#tests/fixtures/reopened-question.ts';
import { actOf } from '#tests/fixtures/undoing.ts';
import { AUTHOR, eventsOfLife, workingLives } from '#tests/fixtures/working-life.ts';

const HOUR = 3_600_000;
const context = contextAt(TUESDAY_10);
const dayOf = (at: number): number => localDayAt(ZONE, at);
const FIRST = dayOf(TUESDAY_10);

/** Facts of incidents whose events these are; of one that had none yet there are none. */
const factsFrom = (lives: readonly (readonly IncidentEvent[])[]): readonly Facts[] =>
  lives.flatMap((events, index) =>
    events.length === 0 ? [] : [factsOf(evolveAll(actOf(index), null, events), context)],
  );

function flowIn(facts: readonly Facts[], period: Period) {
  const book = new DayBook();
  for (const row of facts) book.enter(row, dayOf);
  const received = facts.filter((row) => within(row.createdAt, period));
  const past = pastOf(facts, ZONE);
  const flow = flowOf(received, period, {
    ...past,
    totals: (of) => book.totals(of),
    carried: (of) => book.carried(of),
  });
  expect(flow).toEqual(flowOf(received, period, past));
  return { received: received.length, ...flow };
}

const FLOW_FIGURES = ['closed', 'solved', 'solvedBefore', 'flowRejected', 'flowMerged', 'flowReopened'];

/** Ids behind each figure of the flow. */
function opened(facts: readonly Facts[], { from, to }: Period) {
  const input = inputOf(
    facts,
    { form: 'custom', from, to },
    { calendar, directory, controls: [] },
    TUESDAY_10,
  );
  return [...FLOW_FIGURES, 'carriedIn', 'carriedOut', 'carriedOver'].map((name) => [
    name,
    factsBehind(name, input).map(({ id }) => id),
  ]);
}

/** Messages about snow on the roads by the author of all lives, one for every third day of a period. */
function messagesIn({ start, end }: Period): readonly Facts[] {
  const row = { ...baseFacts, step: 'new', closedAt: null, authorKey: authorKey(AUTHOR) } as const;
  const moments = Array.from(
    { length: Math.ceil((end - start) / (72 * HOUR)) },
    (_, n) => start + n * 72 * HOUR,
  );
  return moments.map((createdAt, n) => ({ ...row, id: `asked ${n}`, createdAt }));
}

/** Ids of the messages that repeat a closed question. */
function repeatsIn(facts: readonly Facts[], period: Period): readonly string[] {
  const received = facts.filter((row) => within(row.createdAt, period));
  return Array.from(pastOf(facts, ZONE).repeats(received, period), ({ id }) => id);
}

/** Gives facts of then the topics and places of now: those follow corrections. */
function corrected(then: readonly Facts[], now: readonly Facts[]): readonly Facts[] {
  const known = new Map(now.map((row) => [row.id, row]));
  return then.map((row) => {
    const { group, topic, placeKey } = known.get(row.id) ?? row;
    return { ...row, group, topic, placeKey };
  });
}

const periods = fc
  .tuple(fc.nat(120), fc.integer({ min: 1, max: 40 }))
  .map(([first, days]) => daysPeriod(dateOfDay(FIRST + first), dateOfDay(FIRST + first + days), ZONE));

const january = daysPeriod('2022-01-01', '2022-02-01', ZONE);
const november = daysPeriod('2022-11-01', '2022-12-01', ZONE);
const done = incidentIn('done');
const closedAt = must(done.closing, 'a closing').at;

/** Gives the incident after this has happened to it. */
const after = (incident: Incident, at: number, ...bodies: readonly EventBody[]): Incident =>
  evolveAll(
    incident.id,
    incident,
    bodies.map((body) => ({ ...body, at, by: 'operator-1' })),
  );
const flowOfOne = (incident: Incident, period: Period) => flowIn([factsOf(incident, context)], period);
const REOPENED = { name: 'reopened', reason: 'снова снег' } as const;
const CLOSED = { name: 'closed', reason: 'author_silent' } as const;

describe('the flow of a period', () => {
  it('is for ever what it was at its end, and adds up', () => {
    const seen = { closed: 0, solved: 0, rejected: 0, merged: 0, reopened: 0, later: 0, repeats: 0 };
    fc.assert(
      fc.property(workingLives, periods, (lives, period) => {
        const all = lives.map(([hours, attempts], index) =>
          eventsOfLife(actOf(index), TUESDAY_10 + hours * HOUR, attempts),
        );
        const [now, then] = [
          factsFrom(all),
          factsFrom(all.map((events) => events.filter(({ at }) => at < period.end))),
        ];
        const flow = flowIn(now, period);
        // An act entered later that is taken back counts nowhere, whenever that is.
        const [{ enteredLater, ...lasting }, { enteredLater: before, ...atItsEnd }] = [
          flow,
          flowIn(then, period),
        ];
        expect(lasting).toEqual(atItsEnd);
        expect(enteredLater).toBeLessThanOrEqual(before ?? 0);
        expect(opened(now, period)).toEqual(opened(then, period));
        const messages = messagesIn(period);
        const repeats = repeatsIn([...now, ...messages], period);
        expect(repeats).toEqual(repeatsIn([...corrected(then, now), ...messages], period));
        seen.repeats += repeats.length;
        expect(flow.balances).toBe(true);
        const left = flow.closed + flow.rejected + flow.merged;
        expect(flow.carriedIn + flow.received + (flow.reopened ?? 0) - left).toBe(flow.carriedOut);
        for (const name of ['closed', 'solved', 'rejected', 'merged', 'reopened'] as const)
          seen[name] += flow[name] ?? 0;
        if (all.some((events) => events.some(({ at }) => at >= period.end))) seen.later += 1;
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });

  it('leaves a closed month alone when a case of it is reopened ten months later', () => {
    const reopened = after(done, november.start + HOUR, REOPENED);
    expect(flowOfOne(reopened, january)).toEqual(flowOfOne(done, january));
    expect(flowOfOne(reopened, january)).toMatchObject({ closed: 1, solved: 1, reopened: 0, carriedOut: 0 });
    expect(flowOfOne(reopened, november)).toMatchObject({
      carriedIn: 0,
      closed: 0,
      reopened: 1,
      carriedOut: 1,
      balances: true,
    });
  });

  it('counts every closing of an incident, and opens the incident once', () => {
    const twice = after(after(done, closedAt + HOUR, REOPENED), closedAt + 2 * HOUR, CLOSED);
    expect(flowOfOne(twice, january)).toMatchObject({ closed: 2, solved: 1, reopened: 1, balances: true });
    const behind = new Map(opened([factsOf(twice, context)], january) as [string, readonly string[]][]);
    expect(behind.get('closed')).toEqual([done.id]);
    expect(behind.get('flowReopened')).toEqual([done.id]);
  });

  it('counts a message as a repeat of what was closed when it came, whatever became of either since', () => {
    const repeatsOf = (...incidents: readonly Incident[]) =>
      repeatsIn(
        incidents.map((incident) => factsOf(incident, context)),
        january,
      );
    const [asked, again] = [CLOSED_QUESTION, REPEATED_QUESTION];
    const [reopened] = REOPENED_AND_REPEATED as readonly [Incident];
    expect(repeatsOf(asked, again)).toEqual([again.id]);
    expect(repeatsOf(reopened, again)).toEqual([again.id]);
    expect(repeatsOf(after(reopened, november.end, CLOSED), again)).toEqual([again.id]);
    // It was in work when the message came.
    expect(repeatsOf(after(asked, closedAt + HOUR, REOPENED), again)).toEqual([]);
    const rejected = { name: 'rejected', reason: 'spam', comment: '' } as const;
    expect(repeatsOf(asked, after(again, january.end - HOUR, rejected))).toEqual([]);
    expect(repeatsOf(asked, after(again, november.start, rejected))).toEqual([again.id]);
  });

  it('adds up when a clock set wrong has it reopened before it was closed', () => {
    const reopened = after(done, closedAt - 40 * 24 * HOUR, REOPENED);
    expect(flowOfOne(reopened, january)).toMatchObject({
      closed: 1,
      reopened: 1,
      carriedOut: 1,
      balances: true,
    });
  });

  it('has of a row that a newer file brings again the one closing of that file', () => {
    const { region, text, source, author, createdAt } = done;
    const body = { name: 'registered', number: 1, externalId: 7, region, text, source, author } as const;
    const again = after(after(done, november.start, REOPENED), createdAt, body);
    const row = after(again, closedAt + HOUR, { name: 'outcome_set', outcome: 'solved' }, CLOSED);
    expect(factsOf(row, context).endings).toEqual([]);
    expect(flowOfOne(row, january)).toMatchObject({ closed: 1, solved: 1, reopened: 0 });
    expect(flowOfOne(row, november)).toMatchObject({ carriedIn: 0, closed: 0, reopened: 0 });
  });
});
