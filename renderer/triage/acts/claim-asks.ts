import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';

/** An incident that is about to be acted on while a colleague has it. */
export interface ClaimedByOther {
  readonly incident: Incident;
  /** Account of the colleague. */
  readonly claimant: string;
  /** Until when the claim holds. */
  readonly until: Instant;
}

interface Asked {
  readonly claimed: readonly ClaimedByOther[];
  readonly answer: (isToAct: boolean) => void;
}

/** The question that stands on the screen before a gesture on what colleagues have claimed. */
export class ClaimAsks {
  readonly #watchers = new Set<() => void>();
  #current: Asked | null = null;

  /** The question that waits for an answer; kept, so that it may be read while drawing. */
  readonly current = (): Asked | null => this.#current;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
      // A screen that goes takes its question along: nothing is done that nobody agreed to.
      if (this.#watchers.size === 0) this.#current?.answer(false);
    };
  };

  /** Asks; a question that still stands is answered with no. Rejects where no screen can show one. */
  async ask(claimed: readonly ClaimedByOther[]): Promise<boolean> {
    if (this.#watchers.size === 0) throw new Error('no screen to ask on');
    this.#current?.answer(false);
    return new Promise((resolve) => {
      const answer = (isToAct: boolean): void => {
        this.#set(null);
        resolve(isToAct);
      };
      this.#set({ claimed, answer });
    });
  }

  #set(asked: Asked | null): void {
    this.#current = asked;
    for (const watcher of this.#watchers) watcher();
  }
}
