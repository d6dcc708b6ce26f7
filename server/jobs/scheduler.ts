import { PgBoss, type Job as DueJob } from 'pg-boss';
import type { JobStatus } from '#shared/protocol/jobs.ts';
import { isDatabaseAway } from '#server/process/database-away.ts';
import { JOB_SCHEMA } from '#server/store/grants.ts';
import type { RegionChange } from '#server/sync/region-change.ts';
import { AskedRuns } from './asked-runs.ts';
import type { Job, JobContext } from './job.ts';
import { readJobs } from './read-jobs.ts';
import { putSchedules } from './schedules.ts';

/** How often the scheduler looks, in seconds. */
export interface SchedulerPace {
  /** For jobs that have come due; so long a job rests before it is asked for again. */
  readonly poll: number;
  /** For processes that died while they ran one; so often a living one says that it lives. */
  readonly watch: number;
  /** Before a failed one is tried again the first time; each time twice as long. */
  readonly retry: number;
}

const PACE: SchedulerPace = { poll: 5, watch: 30, retry: 60 };

/** After so many attempts more a job waits for the next time it is due. */
const RETRIES = 3;
const LONGEST_RETRY_SECONDS = 30 * 60;
/** Longer than any job should take; one that still runs then is stopped and tried again. */
const LONGEST_RUN_SECONDS = 60 * 60;
/** How long what has become of jobs can be read. */
const KEPT_SECONDS = 7 * 24 * 60 * 60;
/** The same for runs that were asked for: there may be many, and the scheduled ones tell enough. */
const ASKED_KEPT_SECONDS = 24 * 60 * 60;
/** pg-boss itself looks at least so often, in seconds, for what its schedules bring. */
const LONGEST_CRON_POLL = 45;
/** How long a job may go on when the process is asked to stop, ms; then it is left to another attempt. */
const ENDING_MS = 5000;

/** The payload of a job: its region and nothing else. */
interface Payload {
  readonly region?: string;
}

/** Is told of a failed job, or of the scheduler's own trouble, and which it was: for the log. */
export type OnJobTrouble = (error: unknown, message: string) => void;

/**
 * The installation's scheduler: pg-boss on the API's role. Any number of processes may have one; each job
 * that comes due is run by one of them, and by another when that one dies. What is due follows from `jobs`
 * and the regions' rows.
 */
export class Scheduler {
  readonly #boss: PgBoss;
  readonly #jobs: readonly Job[];
  readonly #context: JobContext;
  readonly #pace: SchedulerPace;
  readonly #stopping = new AbortController();
  readonly #workers = new Map<string, string>();
  readonly #asked: AskedRuns;
  #onTrouble: OnJobTrouble = () => undefined;

  constructor(
    apiUrl: string,
    context: Omit<JobContext, 'renewSchedules' | 'follow'>,
    jobs: readonly Job[],
    pace: SchedulerPace = PACE,
  ) {
    this.#jobs = jobs;
    this.#pace = pace;
    this.#context = {
      ...context,
      renewSchedules: () => putSchedules(this.#boss, context.db, jobs),
      follow: (region, changes) => this.follow(region, changes),
    };
    const onTrouble = (error: unknown): void => this.#onTrouble(error, 'asking for a job');
    this.#asked = new AskedRuns((job, region) => this.#put(job, region), pace.poll * 1000, onTrouble);
    this.#boss = new PgBoss({
      connectionString: apiUrl,
      connectionTimeoutMillis: 5000,
      application_name: 'pult jobs',
      schema: JOB_SCHEMA,
      max: 3,
      // Tables and their indexes are the owner's (store/job-tables.ts).
      migrate: false,
      reindex: false,
      monitorVacuum: false,
      registerInstance: false,
      cronWorkerIntervalSeconds: Math.min(LONGEST_CRON_POLL, pace.poll),
      cronMonitorIntervalSeconds: Math.min(30, pace.watch),
      superviseIntervalSeconds: pace.watch,
      monitorIntervalSeconds: pace.watch,
    });
  }

  /**
   * Puts the schedules and begins to run what is due. Throws what the database throws; later troubles go to
   * `onTrouble`.
   */
  async start(onTrouble: OnJobTrouble): Promise<void> {
    this.#onTrouble = onTrouble;
    this.#boss.on('error', (error) => onTrouble(error, 'scheduler'));
    await this.#boss.start();
    for (const job of this.#jobs) await this.#enter(job);
    await this.#context.renewSchedules();
    for (const job of this.#jobs) await this.#work(job);
  }

  /**
   * Has the jobs that follow from what was committed run soon: here at once, or in another process at its
   * next look. Costs its caller nothing and never throws; a run that could not be asked for comes by its
   * schedule.
   */
  follow(region: string, changes: readonly RegionChange[]): void {
    for (const job of this.#jobs)
      if (job.each === 'region' && job.follows !== undefined && changes.some(job.follows))
        this.#asked.ask(job.name, region);
  }

  /** Reads what has become of the jobs of a region and of the installation's. */
  read(region: string): Promise<readonly JobStatus[]> {
    return readJobs(this.#boss, this.#context.db, this.#jobs, region);
  }

  /** Stops what runs, which is tried again elsewhere or after the next start, and closes the connections. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#asked.stop();
    await this.#boss.stop({ timeout: ENDING_MS });
  }

  async #enter({ name }: Job): Promise<void> {
    const options = {
      retryLimit: RETRIES,
      retryDelay: this.#pace.retry,
      retryBackoff: true,
      retryDelayMax: LONGEST_RETRY_SECONDS,
      expireInSeconds: LONGEST_RUN_SECONDS,
      heartbeatSeconds: Math.max(10, this.#pace.watch),
      deleteAfterSeconds: KEPT_SECONDS,
    };
    await this.#boss.createQueue(name, { policy: 'exclusive', ...options });
    await this.#boss.updateQueue(name, options);
  }

  async #work(job: Job): Promise<void> {
    const options = { pollingIntervalSeconds: this.#pace.poll };
    const worker = await this.#boss.work<Payload>(job.name, options, async ([due]) => {
      if (due !== undefined) await this.#run(job, due);
      // Another region's may be due at the same time.
      this.#boss.notifyWorker(worker);
    });
    this.#workers.set(job.name, worker);
  }

  async #isNeeded(name: string, region: string): Promise<boolean> {
    const job = this.#jobs.find((known) => known.name === name);
    if (job?.each !== 'region' || job.isNeeded === undefined) return true;
    return job.isNeeded(this.#context, region);
  }

  async #put(job: string, region: string): Promise<boolean> {
    if (!(await this.#isNeeded(job, region))) return true;
    const options = { singletonKey: region, deleteAfterSeconds: ASKED_KEPT_SECONDS };
    const id = await this.#boss.send(job, { region }, options);
    // One that waits, by schedule or because somebody else asked, begins after what this one is for.
    const isWaiting =
      id !== null || (await this.#boss.findJobs(job, { key: region, queued: true })).length > 0;
    const worker = this.#workers.get(job);
    if (isWaiting && worker !== undefined) this.#boss.notifyWorker(worker);
    return isWaiting;
  }

  async #run(job: Job, { data, signal }: DueJob<Payload>): Promise<void> {
    const ending = AbortSignal.any([signal, this.#stopping.signal]);
    try {
      if (job.each === 'installation') await job.run(this.#context, ending);
      else if (data.region !== undefined) await job.run(this.#context, data.region, ending);
    } catch (error) {
      if (!ending.aborted) this.#onTrouble(error, `job ${job.name}`);
      throw failureOf(error, ending);
    }
  }
}

/**
 * A failure as it may lie in the database: pg-boss keeps it whole, and an error's words may quote a resident.
 */
function failureOf(error: unknown, ending: AbortSignal): Error {
  const failure = new Error(ending.aborted ? 'stopped' : isDatabaseAway(error) ? 'database' : 'unforeseen');
  failure.stack = '';
  return failure;
}
