import { randomUUID } from 'node:crypto';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import { NUMBERS_AHEAD, REVISIONS_AHEAD } from '#server/sync/put-back.ts';
import type { MemoryState } from './memory-state.ts';

/** Begins the next revision under a mark of its own, as the trigger of migration 037 does. */
export function raiseClock(state: MemoryState, by = 1): void {
  state.v += by;
  state.marks.set(state.v, randomUUID());
}

/** Tells whether this state knows a revision that a console has seen. */
export const knows = ({ epoch, v, marks }: MemoryState, seen: SeenRevision | null | undefined): boolean =>
  seen === null ||
  seen === undefined ||
  (seen.epoch === epoch && seen.cursor <= v && (seen.mark === null || marks.get(seen.cursor) === seen.mark));

/** Goes on above what was given out before, as `npm run restore` has a region do. */
export function goOnAbove(state: MemoryState, now: Instant): void {
  raiseClock(state, REVISIONS_AHEAD);
  state.lastNumber += NUMBERS_AHEAD;
  state.putBackAt = now;
}

/** Notes, once a day at most, that a console knows revisions which are unknown here. */
export function notePutBack(state: MemoryState, now: Instant): void {
  if (state.putBackAt === null || state.putBackAt <= now - MS_PER_DAY) goOnAbove(state, now);
}
