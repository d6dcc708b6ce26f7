import { performance } from 'node:perf_hooks';
import { compileCalendar } from '#shared/domain/calendar.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { monthBefore, periodAround } from '#shared/report/facts/period.ts';
import { countRows } from '#renderer/data/store/count-rows.ts';
import type { IncidentStore } from '#renderer/data/store/dexie-sync-store.ts';
import { CHUNK_ROWS } from '#renderer/data/store/layout/columns.ts';
import { Reports } from '#renderer/data/store/reports.ts';
import { randomIncidents } from '#tests/fixtures/random-incidents.ts';
import { filledColumns } from './filled-columns.ts';
import type { Goal } from './goals.ts';
import { spentOn, timed, wallOf, type Spent } from './timed.ts';

const ZONE = 'Asia/Vladivostok';
/** Four years, as an archive of a large region has; the last month asked about is a whole one. */
const YEARS = { from: Date.UTC(2019, 0, 1), to: Date.UTC(2023, 0, 1) } as const;
const LAST_MONTH = '2022-12';
const BLOCK = 20_000;

/** So many incidents, block by block in the order of time. */
function* archive(size: number): Iterable<Incident> {
  const share = (YEARS.to - YEARS.from) / Math.ceil(size / BLOCK);
  for (let start = 0; start < size; start += BLOCK) {
    const from = YEARS.from + Math.floor((start / BLOCK) * share);
    const count = Math.min(BLOCK, size - start);
    yield* randomIncidents(start + 1, count, from, Math.floor(from + share));
  }
}

/** A worker's turn between two pieces of idle work. */
const nextTurn = (): Promise<void> => new Promise((done) => void setImmediate(done));

/** Changes one incident in the columns, without the document behind it. */
function touch({ columns }: IncidentStore, row: number): void {
  const chunk = columns.chunkOf(row);
  const { importance } = chunk.cells;
  importance[row % CHUNK_ROWS] = 1 - (importance[row % CHUNK_ROWS] as number);
  chunk.version += 1;
}

function reportsOver(incidents: IncidentStore): Reports {
  const settings = {
    calendar: compileCalendar(defaultWorkingCalendar(ZONE)),
    policies: defaultPolicies,
    agencies: new Map(),
    regulation: DEFAULT_REGULATION,
  };
  return new Reports({
    incidents,
    region: { code: 'eao', name: 'Область', timeZone: ZONE },
    contexts: { settings: async () => settings },
    reference: async () => [],
  });
}

/** The longest turn of the idle work that goes before the first summary. */
async function longestTurn(reports: Reports): Promise<number> {
  let [since, longest] = [performance.now(), 0];
  await reports.prepare(async () => {
    longest = Math.max(longest, performance.now() - since);
    await nextTurn();
    since = performance.now();
  });
  return longest;
}

/**
 * A month's summary and any two dimensions, over so many incidents: medians of the repetitions, each of
 * another month. The first month is asked for right after opening, before any idle work.
 */
export async function benchReport(size: number, repetitions: number): Promise<readonly Goal[]> {
  const incidents = filledColumns(archive(size));
  const reports = reportsOver(incidents);
  const requestOf = (back: number) => {
    const { from, to } = periodAround('month', `${monthBefore(LAST_MONTH, back)}-01`, ZONE);
    return { form: 'month', from, to } as const;
  };
  const month = (back: number) => timed(() => reports.report(requestOf(back), YEARS.to));
  const first = await month(0);
  const turn = await longestTurn(reportsOver(incidents));
  const [months, changed, pivots]: [Spent[], Spent[], Spent[]] = [[], [], []];
  for (let round = 0; round < Math.max(5, repetitions); round += 1) {
    months.push(await month(round));
    touch(incidents, size - 1 - round);
    changed.push(await month(round));
    pivots.push(
      await timed(() => countRows(incidents, ZONE, YEARS.from, YEARS.to, ['topic', 'municipality'])),
    );
  }
  const { received } = await reports.report(requestOf(0), YEARS.to);
  const where = `${size.toLocaleString('en-US')} incidents in columns`;
  const goal = (title: string, limit: number, spent: readonly Spent[], detail = ''): Goal => ({
    where,
    title,
    limit,
    measured: wallOf(spent),
    unit: 'ms',
    detail: [detail, spentOn(spent)].filter((part) => part !== '').join('; '),
  });
  return [
    goal('a month', 50, months, `${received} received in it`),
    goal('a month, one incident changed before', 50, changed),
    goal('the first month, right after opening', 1000, [first]),
    { where, title: 'longest turn of making it ready when idle', limit: 50, measured: turn, unit: 'ms' },
    goal('four years by topic and municipality', 300, pivots),
  ];
}
