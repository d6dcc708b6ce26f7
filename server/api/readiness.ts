import { setTimeout as sleep } from 'node:timers/promises';
import type { WriteObstacle } from '#server/store/probe-writing.ts';

/** A finding is believed for so long, ms: whoever asks often costs the database no more. */
const BELIEVED_MS = 3000;
/** How long whoever asks is kept waiting, ms: balancers give up after a few seconds. */
const PATIENCE_MS = 6000;

/** Tells whether this process can do its work, from one probe at a time whoever asks. */
export class Readiness {
  readonly #probe: () => Promise<WriteObstacle | null>;
  readonly #onChange: (obstacle: WriteObstacle | null) => void;
  readonly #patienceMs: number;
  #running: Promise<WriteObstacle | null> | null = null;
  #found: { readonly at: number; readonly obstacle: WriteObstacle | null } | null = null;

  constructor(
    probe: () => Promise<WriteObstacle | null>,
    onChange: (obstacle: WriteObstacle | null) => void,
    patienceMs = PATIENCE_MS,
  ) {
    this.#probe = probe;
    this.#onChange = onChange;
    this.#patienceMs = patienceMs;
  }

  /** Gives what is in the way, null when nothing is. Never rejects, never takes longer than its patience. */
  async find(): Promise<WriteObstacle | null> {
    // Not the wall clock: it may jump.
    const found = this.#found;
    if (found !== null && performance.now() - found.at < BELIEVED_MS) return found.obstacle;
    this.#running ??= this.#run().finally(() => (this.#running = null));
    const waiting = new AbortController();
    const late = sleep(this.#patienceMs, 'too_slow' as const, { signal: waiting.signal, ref: false });
    try {
      return await Promise.race([this.#running, late.catch(() => 'too_slow' as const)]);
    } finally {
      waiting.abort();
    }
  }

  async #run(): Promise<WriteObstacle | null> {
    const obstacle = await this.#probe();
    if (obstacle !== (this.#found?.obstacle ?? null)) this.#onChange(obstacle);
    this.#found = { at: performance.now(), obstacle };
    return obstacle;
  }
}
