import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { compileCalendar } from '#shared/domain/calendar.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import { inputOf } from '#tests/fixtures/report-input.ts';
import { controlOfIncident } from '#shared/report/facts/controls.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { makeReport } from '#shared/report/summary/make-report.ts';
import { periodAfter, periodAround } from '#shared/report/facts/period.ts';
import { reportOf } from '#server/report/report-of.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope } from '#server/store/database.ts';
import { storeMany } from '#server/sync/store-changes.ts';
import { REOPENED_AND_REPEATED, REPEATED_AT } from '#tests/fixtures/reopened-question.ts';
import { randomIncidents, randomOf } from '#tests/fixtures/random-incidents.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { sqlFigures } from './sql-figures.ts';

const REGION = 'eao';
const ZONE = 'Asia/Vladivostok';
const NOW = Date.UTC(2023, 0, 10);
const calendar = defaultWorkingCalendar(ZONE);
const compiled = compileCalendar(calendar);
const context = { calendar: compiled, policies: defaultPolicies };
const SEED = 20_220_131;
const incidents = randomIncidents(SEED, 3000, Date.UTC(2020, 11, 20), Date.UTC(2022, 11, 20));
const directory = {
  region: REGION,
  regionName: 'Область',
  timeZone: ZONE,
  agencyName: (id: string) => id,
  agencyDative: () => null,
  population: () => null,
};

const random = randomOf(7);
const months = Array.from({ length: 20 }, () => {
  const year = 2021 + Math.floor(random() * 2);
  const month = `${year}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-01`;
  return periodAround('month', month, ZONE);
});

describe('a summary from PostgreSQL', () => {
  let database: FreshDatabase;
  const store = (all: readonly Incident[]): Promise<unknown> =>
    withScope(database.db, { region: REGION }, (tx) =>
      storeMany(
        tx,
        REGION,
        all.map((after) => ({ before: null, after, events: [] })),
        NOW,
      ),
    );
  const expected = (all: readonly Incident[], from: string, to: string) =>
    makeReport(
      inputOf(
        all.map((incident) => factsOf(incident, context)),
        { form: 'month', from, to },
        {
          calendar: compiled,
          directory,
          controls: all.flatMap((incident) => controlOfIncident(incident) ?? []),
        },
        NOW,
      ),
    );

  beforeAll(async () => {
    database = await freshDatabase();
    await addRegion(database.owner, { code: REGION, name: 'Область', timeZone: ZONE });
    await store(incidents);
  });
  afterAll(() => database.stop());

  it.each(months)(
    'of the month from $from is what shared/report makes of all facts',
    async ({ from, to }) => {
      const report = await reportOf(database.db, REGION, { form: 'month', from, to }, NOW);
      expect(report).toEqual(expected(incidents, from, to));
    },
  );

  it.each(months)(
    'of the month from $from agrees with SQL over the rows to the last digit',
    async (period) => {
      const { from, to } = period;
      const report = must(await reportOf(database.db, REGION, { form: 'month', from, to }, NOW), 'a report');
      const after = periodAfter('month', period, 1, ZONE).from;
      const figures = await withScope(database.db, { region: REGION }, (tx) =>
        sqlFigures(tx, REGION, calendar, { from, after, asOf: NOW }),
      );
      const { firstReply, flow, control, approval } = report;
      expect(figures.received).toBeGreaterThan(50);
      expect(
        Math.min(
          figures.repeats,
          figures.overdue,
          figures.reopened,
          figures.entered_later,
          figures.own_approvals,
          figures.overlooked - figures.warned,
          figures.moved,
        ),
      ).toBeGreaterThan(0);
      expect({
        received: report.received,
        answered: firstReply.answered,
        working_count: firstReply.working.count,
        working_median: firstReply.working.medianMinutes,
        in_time: firstReply.inTime,
        late: firstReply.late,
        rejected: control.rejected,
        merged: control.merged,
        not_answered: firstReply.notAnswered,
        closed: flow.closed,
        solved: flow.solved,
        reopened: flow.reopened,
        entered_later: flow.enteredLater,
        carried_in: flow.carriedIn,
        carried_out: flow.carriedOut,
        approvals: approval.count,
        own_approvals: approval.own,
        warned: approval.warned,
        overlooked: approval.overlooked,
        kept: report.promises.kept,
        moved: report.promises.moved,
        repeats: report.repeats.count,
        overdue: report.ahead.overdue,
        groups: Object.fromEntries(report.groups.map(({ group, count }) => [group, count])),
        agencies: Object.fromEntries(report.agencies.map(({ agency, count }) => [agency, count])),
        days: Object.fromEntries(
          report.days.filter(({ count }) => count > 0).map(({ date, count }) => [date, count]),
        ),
      }).toEqual({
        ...figures,
        working_sum: undefined,
        wall_sum_ms: undefined,
        approval_ms: undefined,
      });
      expect(firstReply.working.meanMinutes).toBe(figures.working_sum / figures.working_count);
      expect(must(firstReply.wall.meanMinutes, 'a mean')).toBeCloseTo(
        figures.wall_sum_ms / figures.answered / 60_000,
        9,
      );
      expect(must(approval.meanMinutes, 'a mean')).toBeCloseTo(
        figures.approval_ms / figures.approvals / 60_000,
        9,
      );
    },
  );

  it('takes in what came since, and a changed row in its new state', async () => {
    const more = randomIncidents(5, 40, Date.UTC(2022, 4, 1), Date.UTC(2022, 4, 20)).map((incident, at) => ({
      ...incident,
      number: 9000 + at,
    }));
    await store(more);
    const report = await reportOf(
      database.db,
      REGION,
      { form: 'month', from: '2022-05-01', to: '2022-05-31' },
      NOW,
    );
    expect(report).toEqual(expected([...incidents, ...more], '2022-05-01', '2022-05-31'));
  });

  it('counts a changed incident once, on its new days', async () => {
    const may = (all: readonly Incident[]) => expected(all, '2022-05-01', '2022-05-31');
    const request = { form: 'month', from: '2022-05-01', to: '2022-05-31' } as const;
    const before = must(await reportOf(database.db, REGION, request, NOW), 'a report');
    const { rows } = await withScope(database.db, { region: REGION }, (tx) =>
      sql<{ row: Incident }>`select row from incident`.execute(tx),
    );
    const known = rows.map(({ row }) => row);
    const changed = known
      .filter((incident) => incident.step.name === 'done' && incident.createdAt % 2 === 0)
      .map((incident): Incident => ({
        ...incident,
        version: incident.version + 1,
        outcome: 'solved',
        closing: { reason: 'author_pleased', at: incident.createdAt + 3_600_000 },
      }));
    await withScope(database.db, { region: REGION }, (tx) =>
      storeMany(
        tx,
        REGION,
        changed.map((after) => ({
          before: known.find(({ id }) => id === after.id) ?? null,
          after,
          events: [],
        })),
        NOW,
      ),
    );
    const now = new Map([...known, ...changed].map((incident) => [incident.id, incident]));
    const report = await reportOf(database.db, REGION, request, NOW);
    expect(report?.flow).not.toEqual(before.flow);
    expect(report).toEqual(may([...now.values()]));
  });

  it('makes everything anew when the region’s days change', async () => {
    const zone = 'Europe/Moscow';
    await sql`update region set time_zone = ${zone} where region_id = ${REGION}`.execute(database.owner);
    const request = { form: 'month', from: '2021-09-01', to: '2021-09-30' } as const;
    const elsewhere = compileCalendar(defaultWorkingCalendar(zone));
    const report = await reportOf(database.db, REGION, request, NOW);
    const facts = await withScope(database.db, { region: REGION }, (tx) =>
      sql<{ row: Incident }>`select row from incident`.execute(tx),
    );
    expect(report).toEqual(
      makeReport(
        inputOf(
          facts.rows.map(({ row }) => factsOf(row, { calendar: elsewhere, policies: defaultPolicies })),
          request,
          {
            calendar: elsewhere,
            directory: { ...directory, timeZone: zone },
            controls: facts.rows.flatMap(({ row }) => controlOfIncident(row) ?? []),
          },
          NOW,
        ),
      ),
    );
  });

  it('counts a repeat of what was closed when it came and is in work again', async () => {
    const region = 'amur';
    await addRegion(database.owner, { code: region, name: region, timeZone: ZONE });
    const changes = REOPENED_AND_REPEATED.map((after) => ({ before: null, after, events: [] }));
    await withScope(database.db, { region }, (tx) => storeMany(tx, region, changes, NOW));
    const { from, to } = periodAround('month', dateOfDay(localDayAt(ZONE, REPEATED_AT)), ZONE);
    const report = await reportOf(database.db, region, { form: 'month', from, to }, NOW);
    expect(report?.repeats.count).toBe(1);
  });

  it('shows an executor’s scope none of the facts', async () => {
    const seen = await withScope(database.db, { region: REGION, agency: 'dgk' }, (tx) =>
      tx.selectFrom('incident_fact').selectAll().execute(),
    );
    expect(seen).toEqual([]);
    const days = await withScope(database.db, { region: 'omsk' }, (tx) =>
      tx.selectFrom('fact_day').selectAll().execute(),
    );
    expect(days).toEqual([]);
    const elsewhere = await withScope(database.db, { region: 'omsk' }, (tx) =>
      tx.selectFrom('incident_fact').selectAll().execute(),
    );
    expect(elsewhere).toEqual([]);
  });
});
