import { z } from 'zod';
import { UNDO_DEPTH, UNDOABLE, type UndoableCommand } from '#shared/domain/undo.ts';
import { sessionKey } from '#renderer/data/session/own-keys.ts';

const undoableNames = Object.keys(UNDOABLE) as [UndoableCommand, ...UndoableCommand[]];

/**
 * Ids and names alone, never a word of a resident or of an operator: what is not named here is not written
 * down.
 */
const ownActSchema = z.object({
  incident: z.string(),
  /** Id of the command. */
  command: z.string(),
  name: z.enum(undoableNames),
  /** Moment at which the incident was counted as handled in this shift; null where it was not. */
  handledAt: z.number().nullable(),
});

const ownGestureSchema = z.object({
  /** Id of its first command; ids of commands are in the order of time. */
  id: z.string(),
  acts: z.array(ownActSchema).min(1).readonly(),
});

/** Something this person did that may be taken back. */
export type OwnAct = Readonly<z.infer<typeof ownActSchema>>;

/**
 * The acts of one stroke of a key or one click, in their order, on one incident or on many: they go back
 * together.
 */
export type OwnGesture = Readonly<z.infer<typeof ownGestureSchema>>;

/** Number of gestures that the undo key goes back. */
export const GESTURES_KEPT = UNDO_DEPTH;

/** The gesture that these acts are. */
export const gestureOf = (acts: readonly [OwnAct, ...OwnAct[]]): OwnGesture => ({
  id: acts[0].command,
  acts,
});

/**
 * The last gestures of one person from login to logout, the newest last. Read from the page's storage every
 * time: another window of the same person has a part in it.
 */
export class OwnGestures {
  readonly #key: string;
  readonly #storage: Storage;
  readonly #running = new Set<Promise<unknown>>();

  constructor(profile: string, storage: Storage = localStorage) {
    this.#key = sessionKey(profile, 'gestures');
    this.#storage = storage;
  }

  /** Does a gesture; until its end the key that takes back waits, or it would take back the one before. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Resolves when no gesture is being done. */
  async allDone(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  all(): readonly OwnGesture[] {
    const kept = this.#storage.getItem(this.#key);
    if (kept === null) return [];
    try {
      return ownGestureSchema.array().max(GESTURES_KEPT).safeParse(JSON.parse(kept)).data ?? [];
    } catch {
      return [];
    }
  }

  /** Keeps a gesture, or its new form, where it belongs. */
  keep(gesture: OwnGesture): void {
    const others = this.all().filter(({ id }) => id !== gesture.id);
    const sorted = [...others, ownGestureSchema.parse(gesture)].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    this.#write(sorted.slice(-GESTURES_KEPT));
  }

  forget(id: string): void {
    this.#write(this.all().filter((gesture) => gesture.id !== id));
  }

  /**
   * Without room the oldest are given up: what was done is done, and must not look refused because of this.
   */
  #write(gestures: readonly OwnGesture[]): void {
    for (let kept = gestures; kept.length > 0; kept = kept.slice(1)) {
      try {
        return this.#storage.setItem(this.#key, JSON.stringify(kept));
      } catch {
        // No room for so many.
      }
    }
    this.#storage.removeItem(this.#key);
  }
}
