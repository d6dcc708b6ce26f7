import { performance } from 'node:perf_hooks';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { monthBefore, periodAround } from '#shared/report/period.ts';
import { countRows } from '#renderer/store/count-rows.ts';
import type { IncidentStore } from '#renderer/store/dexie-sync-store.ts';
import { INCIDENT_COLUMNS, incidentCodec } from '#renderer/store/incident-codec.ts';
import { CHUNK_ROWS, Columns } from '#renderer/store/layout/columns.ts';
import { Words } from '#renderer/store/layout/words.ts';
import { Reports } from '#renderer/store/reports.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';
import { median, type Goal } from './goals.ts';

const ZONE = 'Asia/Vladivostok';
/** Four years, as an archive of a large region has; the last month asked about is a whole one. */
const YEARS = { from: Date.UTC(2019, 0, 1), to: Date.UTC(2023, 0, 1) } as const;
const LAST_MONTH = '2022-12';
const BLOCK = 20_000;

/** The console's columns in memory, as its worker has them; what lies on disk has no part in a summary. */
function filled(size: number): IncidentStore {
  const columns = new Columns(INCIDENT_COLUMNS, incidentCodec.version);
  const words = new Words();
  const share = (YEARS.to - YEARS.from) / Math.ceil(size / BLOCK);
  for (let start = 0; start < size; start += BLOCK) {
    const from = YEARS.from + Math.floor((start / BLOCK) * share);
    const count = Math.min(BLOCK, size - start);
    for (const incident of randomIncidents(start + 1, count, from, Math.floor(from + share))) {
      const row = columns.rowFor(incident.id);
      const { at, cells } = columns.chunkOf(row);
      incidentCodec.write(incident, cells, row % CHUNK_ROWS, words.code);
      at.live[row % CHUNK_ROWS] = 1;
    }
  }
  const store: Pick<IncidentStore, 'ready' | 'columns' | 'words'> = {
    ready: Promise.resolve(),
    columns,
    words,
  };
  return store as IncidentStore;
}

/** Milliseconds by the clock, and those of the processor: on a busy machine the second says more. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

async function timed(work: () => unknown): Promise<Spent> {
  const before = performance.now();
  const cpu = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(cpu);
  return { wall: performance.now() - before, cpu: (user + system) / 1000 };
}

const leastOf = (all: readonly Spent[]): string =>
  `least ${Math.min(...all.map(({ wall }) => wall)).toFixed(0)} ms`;
const wallOf = (all: readonly Spent[]): number => median(all.map(({ wall }) => wall));
const cpuOf = (all: readonly Spent[]): string => `${median(all.map(({ cpu }) => cpu)).toFixed(0)} ms of CPU`;

/** A month's summary and any two dimensions, over so many incidents: median of the repetitions, each of another month. */
export async function benchReport(size: number, repetitions: number): Promise<readonly Goal[]> {
  const incidents = filled(size);
  const facts = {
    calendar: compileCalendar(defaultWorkingCalendar(ZONE)),
    policies: defaultPolicies,
    agencies: new Map(),
  };
  const reports = new Reports({
    incidents,
    region: { code: 'eao', name: 'Область', timeZone: ZONE },
    contexts: { facts: async () => facts },
    reference: async () => [],
  });
  const requestOf = (back: number) => {
    const { from, to } = periodAround('month', `${monthBefore(LAST_MONTH, back)}-01`, ZONE);
    return { form: 'month', from, to } as const;
  };
  const first = await timed(() => reports.report(requestOf(0), YEARS.to));
  const months: Spent[] = [];
  const pivots: Spent[] = [];
  for (let round = 0; round < Math.max(5, repetitions); round += 1) {
    months.push(await timed(() => reports.report(requestOf(round), YEARS.to)));
    pivots.push(
      await timed(() => countRows(incidents, ZONE, YEARS.from, YEARS.to, ['topic', 'municipality'])),
    );
  }
  const { received } = await reports.report(requestOf(0), YEARS.to);
  const where = `${size.toLocaleString('en-US')} incidents in columns`;
  const detail = `${received} in the month; ${leastOf(months)}, ${cpuOf(months)}; the first one ${first.wall.toFixed(0)} ms, ${cpuOf([first])}`;
  return [
    { where, what: 'a month', limit: 50, measured: wallOf(months), unit: 'ms', detail },
    {
      where,
      what: 'four years by topic and municipality',
      limit: 300,
      measured: wallOf(pivots),
      unit: 'ms',
      detail: cpuOf(pivots),
    },
  ];
}
