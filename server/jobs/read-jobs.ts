import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Instant } from '#shared/domain/instant.ts';
import { jobTroubleSchema, type JobStatus, type JobTrouble } from '#shared/protocol/jobs.ts';
import type { Database } from '#server/store/database.ts';
import { JOB_SCHEMA } from '#server/store/grants.ts';
import type { Job } from './job.ts';

/** The newest run of a job in one state. */
interface Run {
  readonly name: string;
  readonly state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
  readonly at: number;
  readonly message: string | null;
}

const readRuns = (db: Database, names: readonly string[], region: string) =>
  sql<Run>`
    select distinct on (name, state) name, state::text as state,
      floor(extract(epoch from coalesce(completed_on, started_on, created_on)) * 1000)::float8 as at,
      coalesce(output->>'message', output->'value'->>'message') as message
    from ${sql.id(JOB_SCHEMA, 'job')}
    where name = any(${names}) and coalesce(singleton_key, '') in ('', ${region})
    order by name, state, created_on desc`.execute(db);

/** Our own words for a failure stand there as they are (scheduler.ts), the rest are pg-boss's. */
function troubleOf(message: string | null): JobTrouble {
  const own = jobTroubleSchema.safeParse(message);
  if (own.success) return own.data;
  if (message === null) return 'unforeseen';
  if (/heartbeat|shut down/.test(message)) return 'stopped';
  return /timed out|exceeded/.test(message) ? 'too_long' : 'unforeseen';
}

function statusOf(name: string, next: Instant | null, runs: readonly Run[]): JobStatus {
  const lastOf = (state: Run['state']): Run | null =>
    runs.find((run) => run.name === name && run.state === state) ?? null;
  const [done, retry, failed] = [lastOf('completed'), lastOf('retry'), lastOf('failed')];
  const failure = retry ?? (failed !== null && failed.at > (done?.at ?? 0) ? failed : null);
  return {
    name,
    next,
    isRunning: lastOf('active') !== null,
    lastDone: done?.at ?? null,
    failure: failure && { at: failure.at, why: troubleOf(failure.message), isRetried: failure === retry },
  };
}

/**
 * Reads what has become of each job, for one region: when it is due, whether it runs, when it was done, what
 * failed.
 */
export async function readJobs(
  boss: PgBoss,
  db: Database,
  jobs: readonly Job[],
  region: string,
): Promise<readonly JobStatus[]> {
  const { rows } = await readRuns(
    db,
    jobs.map(({ name }) => name),
    region,
  );
  return Promise.all(
    jobs.map(async ({ name, each }) => {
      const schedule = await boss.getSchedule(name, each === 'region' ? region : '');
      const [next] =
        schedule === null ? [] : boss.previewSchedule(schedule.cron, { tz: schedule.timezone, count: 1 });
      return statusOf(name, next?.getTime() ?? null, rows);
    }),
  );
}
