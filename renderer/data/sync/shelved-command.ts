import type { PendingCommand } from './sync-store.ts';
import { touchesOf } from './touches.ts';

/** A command that the centre never answered, with all that was typed, for its author to decide about. */
export interface ShelvedCommand extends Pick<
  PendingCommand,
  'id' | 'incident' | 'name' | 'args' | 'at' | 'actor'
> {
  /** How often it was sent alone. */
  readonly attempts: number;
  /** The HTTP status of the last answer; null where none came, or none that could be read. */
  readonly status: number | null;
  /** Commands that wait behind it. */
  readonly waiting: number;
}

/** Finds the shelved commands of an outbox. */
export function shelvedIn(outbox: readonly PendingCommand[]): readonly ShelvedCommand[] {
  const behind = outbox.filter(({ state }) => state === 'behind');
  return outbox
    .filter(({ state }) => state === 'shelved')
    .map((item) => {
      const { id, incident, name, args, at, actor, shelved } = item;
      const ids = new Set(touchesOf(item));
      const waiting = behind.filter((other) => touchesOf(other).some((touched) => ids.has(touched))).length;
      const { attempts, status } = shelved ?? { attempts: 0, status: null };
      return { id, incident, name, args, at, actor, attempts, status, waiting };
    });
}
