import type { UndoableCommand } from '#shared/domain/undo.ts';

/** Something this person did in this session that may be taken back. */
export interface OwnAct {
  readonly incident: string;
  /** Id of the command. */
  readonly command: string;
  readonly name: UndoableCommand;
  /** When it was counted as handled in this shift; null where it was not. */
  readonly handledAt: number | null;
}

/** How many acts the key goes back. */
export const ACTS_KEPT = 10;

/** The last acts of one person in one session, the newest last. */
export class OwnActs {
  #acts: readonly OwnAct[] = [];

  all(): readonly OwnAct[] {
    return this.#acts;
  }

  /** Keeps an act, or its new form, where it belongs: ids of commands are in the order of time. */
  keep(act: OwnAct): void {
    this.forget(act.command);
    this.#acts = [...this.#acts, act].toSorted((a, b) => (a.command < b.command ? -1 : 1)).slice(-ACTS_KEPT);
  }

  forget(command: string): void {
    this.#acts = this.#acts.filter((act) => act.command !== command);
  }
}
