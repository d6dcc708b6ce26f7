import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { inputOf } from '#tests/fixtures/report-input.ts';
import { controlOfIncident } from '#shared/report/facts/controls.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { factsBehind } from '#shared/report/summary/figure.ts';
import { makeReport } from '#shared/report/summary/make-report.ts';
import { ledgerOf, promisesDue } from '#shared/report/kit/promise-ledger.ts';
import { periodAround, periodsOf, type ReportRequest } from '#shared/report/facts/period.ts';
import { dateOfDay, localDayAt } from '#shared/domain/time-zone.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { Reports } from '#renderer/data/store/reports.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';
import { REOPENED_AND_REPEATED, REPEATED_AT } from '#tests/fixtures/reopened-question.ts';
import { sampleId } from './incident-samples.ts';

const ZONE = 'Asia/Vladivostok';
const NOW = Date.UTC(2022, 11, 25);
const calendar = compileCalendar(defaultWorkingCalendar(ZONE));
const context = { calendar, policies: defaultPolicies };
const region = { code: 'eao', name: 'Область', timeZone: ZONE };
const directory = {
  region: region.code,
  regionName: region.name,
  timeZone: ZONE,
  agencyName: (id: string) => id,
  agencyDative: () => null,
  population: () => null,
};

const requests: readonly ReportRequest[] = [
  ...(['week', 'month', 'quarter', 'year'] as const).map((form) => {
    const { from, to } = periodAround(form, '2022-03-17', ZONE);
    return { form, from, to };
  }),
  { form: 'custom', from: '2021-12-20', to: '2022-01-15' },
  { form: 'month', from: '2022-02-01', to: '2022-02-28', compare: { from: '2021-06-01', to: '2021-06-30' } },
  { form: 'month', from: '2030-01-01', to: '2030-01-31' },
];

describe('a summary from the columns', () => {
  let store: DexieSyncStore;
  let reports: Reports;
  let all: readonly Incident[] = randomIncidents(11, 1200, Date.UTC(2020, 11, 1), Date.UTC(2022, 11, 20));

  const input = (request: ReportRequest, asOf = NOW) =>
    inputOf(
      all.map((incident) => factsOf(incident, context)),
      request,
      { calendar, directory, controls: all.flatMap((incident) => controlOfIncident(incident) ?? []) },
      asOf,
    );

  beforeAll(async () => {
    store = await DexieSyncStore.open({ name: 'pult:reports', newId: () => sampleId(1) });
    await store.load(all, {});
    reports = new Reports({
      incidents: store.incidents,
      region,
      contexts: {
        settings: async () => ({ ...context, agencies: new Map(), regulation: DEFAULT_REGULATION }),
      },
      reference: async () => [],
    });
  });
  afterAll(() => store.close());

  it.each(requests)('is what shared/report makes of all facts ($form from $from)', async (request) => {
    expect(await reports.report(request, NOW)).toEqual(makeReport(input(request)));
  });

  it('gives the ledger of all promises that fall due', async () => {
    const request = { form: 'year', from: '2022-01-01', to: '2022-12-31' } as const;
    const ledger = await reports.ledger(request, NOW, (ids) => store.views(ids));
    const periods = periodsOf(request, ZONE);
    const promises = all.flatMap((incident) => promisesDue(incident, { periods, asOf: NOW, calendar }));
    expect(promises.length).toBeGreaterThan(20);
    expect(ledger).toEqual(ledgerOf({ periods, asOf: NOW, directory, promises }));
  });

  it('counts what is owed among them', async () => {
    const { overdue, promised, promises } = (await reports.report(requests[0] as ReportRequest, NOW)).ahead;
    expect(Math.min(overdue, promised, promises.length)).toBeGreaterThan(1);
  });

  it('counts what is owed when all deadlines are past, too', async () => {
    const [request, later] = [requests.at(-1) as ReportRequest, Date.UTC(2030, 1, 1)];
    const { ahead } = await reports.report(request, later);
    expect(ahead).toEqual(makeReport(input(request, later)).ahead);
    expect(ahead.overdue).toBeGreaterThan((await reports.report(request, NOW)).ahead.overdue);
  });

  it.each([
    'repeat',
    'overdueNow',
    'promised',
    'carriedIn',
    'late',
    'agencyLate:dgk',
    'bucketWall:1440',
    'group:Дороги',
  ])('opens the same incidents behind %s', async (figure) => {
    const request = requests[2] as ReportRequest;
    const expected = factsBehind(figure, input(request)).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    expect(new Set(await reports.behind(request, figure, NOW))).toEqual(new Set(expected));
  });

  it('follows every change of single incidents, though sums are kept', async () => {
    const request = requests[1] as ReportRequest;
    let turns = 0;
    await reports.prepare(async () => void (turns += 1));
    expect(turns).toBe(store.incidents.columns.chunks.length);
    const before = await reports.report(request, NOW);
    const [gone, ...others] = all.filter(
      ({ createdAt }) => createdAt > Date.UTC(2022, 2, 1) && createdAt < Date.UTC(2022, 2, 31),
    );
    const views = others.slice(0, 40).map((incident): Incident => ({
      ...incident,
      version: incident.version + 1,
      step: { name: 'done', since: incident.createdAt + 60_000 },
      closing: { reason: 'author_pleased', at: incident.createdAt + 60_000 },
    }));
    const known = new Map([...all, ...views].map((incident) => [incident.id, incident]));
    known.delete(gone?.id ?? '');
    all = [...known.values()];
    const nothing = {
      bases: [],
      withoutPending: [],
      reference: [],
      referenceGone: [],
      leave: [],
      notAccepted: [],
      meta: {},
    };
    await store.apply({ ...nothing, views, gone: [gone?.id ?? ''] });
    const after = await reports.report(request, NOW);
    expect(after).toEqual(makeReport(input(request)));
    expect(after.received).toBe(before.received - 1);
    await store.incidents.compact();
    expect(await reports.report(request, NOW)).toEqual(after);
  });

  it('counts a repeat of what was closed when it came and is in work again', async () => {
    await store.forgetRows();
    await store.load(REOPENED_AND_REPEATED, {});
    const { from, to } = periodAround('month', dateOfDay(localDayAt(ZONE, REPEATED_AT)), ZONE);
    const { repeats } = await reports.report({ form: 'month', from, to }, NOW);
    expect(repeats.count).toBe(1);
  });

  it('begins anew with the rows, their words too', async () => {
    await store.forgetRows();
    expect((await reports.report(requests[3] as ReportRequest, NOW)).received).toBe(0);
    await store.load([...all].reverse(), {});
    for (const request of requests)
      expect(await reports.report(request, NOW)).toEqual(makeReport(input(request)));
  });

  it('follows changes of many, though judgements are kept', async () => {
    const request = requests[3] as ReportRequest;
    await reports.report(request, NOW);
    all = all.map((incident, at) =>
      at % 3 === 0
        ? {
            ...incident,
            version: incident.version + 1,
            importance: incident.importance === 'high' ? 'ordinary' : 'high',
          }
        : incident,
    );
    await store.load(all, {});
    expect(await reports.report(request, NOW)).toEqual(makeReport(input(request)));
  });
});
