import { isDeepStrictEqual } from 'node:util';
import type { PgBoss, Schedule } from 'pg-boss';
import { must } from '#shared/domain/must.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { regionIds } from '#server/store/region-ids.ts';
import type { Job } from './job.ts';

/** More schedules than any installation has. */
const ALL = { limit: 100_000 };

type Due = Pick<Schedule, 'name' | 'key' | 'cron' | 'timezone'>;

const machineZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

async function zonesOf(db: Database): Promise<ReadonlyMap<string, string>> {
  const zones = new Map<string, string>();
  for (const region of await regionIds(db)) {
    const row = await withScope(db, { region }, (tx) =>
      tx.selectFrom('region').select('time_zone').where('region_id', '=', region).executeTakeFirst(),
    );
    zones.set(region, must(row, 'a region with a clock has its row').time_zone);
  }
  return zones;
}

function dueOf({ name, cron, each }: Job, zones: ReadonlyMap<string, string>): Due[] {
  if (each === 'installation') return [{ name, cron, key: '', timezone: machineZone() }];
  return [...zones].map(([key, timezone]) => ({ name, cron, key, timezone }));
}

/** A region has at most one run of a job that waits, runs or is tried again. */
const optionsOf = ({ key, timezone }: Due) =>
  ({ tz: timezone, missed: 'once', ...(key !== '' && { key, singletonKey: key }) }) as const;

const isSame = (schedule: Schedule, due: Due): boolean =>
  schedule.cron === due.cron &&
  schedule.timezone === due.timezone &&
  isDeepStrictEqual(schedule.options, optionsOf(due));

/**
 * Brings the schedules in the database to what jobs and regions say, whatever they were: a new installation,
 * one restored from a backup (which holds none), a job or region that has come or gone.
 */
export async function putSchedules(boss: PgBoss, db: Database, jobs: readonly Job[]): Promise<void> {
  const zones = await zonesOf(db);
  const wanted = jobs.flatMap((job) => dueOf(job, zones));
  const idOf = ({ name, key }: Pick<Due, 'name' | 'key'>): string => `${name}/${key}`;
  const found = new Map(
    (await boss.getSchedules(undefined, undefined, ALL)).map((schedule) => [idOf(schedule), schedule]),
  );
  for (const due of wanted) {
    const there = found.get(idOf(due));
    found.delete(idOf(due));
    if (there !== undefined && isSame(there, due)) continue;
    await boss.schedule(due.name, due.cron, due.key === '' ? {} : { region: due.key }, optionsOf(due));
  }
  for (const { name, key } of found.values()) await boss.unschedule(name, key);
}
