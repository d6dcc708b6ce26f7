import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Puts a run of a job for a region in the queue. False when one is under way, which may have read before what
 * it is asked for was committed.
 */
export type PutRun = (job: string, region: string) => Promise<boolean>;

/**
 * Runs of jobs that somebody asks for beside their schedule: at once, and then at most one in a pause for
 * each job and region, however many ask. One that cannot be put in the queue because another is under way is
 * tried again after the pause. Nothing of it is kept: what is lost with the process, or because the database
 * is away, the schedule makes up for.
 */
export class AskedRuns {
  readonly #put: PutRun;
  readonly #pauseMs: number;
  readonly #onTrouble: (error: unknown) => void;
  readonly #open = new Map<string, { isAskedAgain: boolean; readonly done: Promise<void> }>();
  readonly #stopping = new AbortController();

  constructor(put: PutRun, pauseMs: number, onTrouble: (error: unknown) => void) {
    this.#put = put;
    this.#pauseMs = pauseMs;
    this.#onTrouble = onTrouble;
  }

  /** Asks for a run that begins after now; never throws. */
  ask(job: string, region: string): void {
    const key = `${job}/${region}`;
    const open = this.#open.get(key);
    if (open !== undefined) open.isAskedAgain = true;
    else if (!this.#stopping.signal.aborted)
      this.#open.set(key, { isAskedAgain: true, done: this.#work(key, job, region) });
  }

  /** Ends the pauses; what was not asked for by then is left to the schedule. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#open.values()].map(({ done }) => done));
  }

  async #work(key: string, job: string, region: string): Promise<void> {
    // Until then the entry is made.
    await Promise.resolve();
    const { signal } = this.#stopping;
    try {
      for (let open = this.#open.get(key); open?.isAskedAgain === true && !signal.aborted;) {
        open.isAskedAgain = false;
        if (!(await this.#put(job, region))) open.isAskedAgain = true;
        await sleep(this.#pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    } catch (error) {
      this.#onTrouble(error);
    } finally {
      this.#open.delete(key);
    }
  }
}
