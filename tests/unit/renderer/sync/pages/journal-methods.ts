import { method } from '#renderer/data/rpc/method-table.ts';
import type { JournalEntry, JournalState } from '#renderer/data/sync/sync-store.ts';

/** The journal of the test's worker, for the test's page. */
export const JOURNAL_METHODS = {
  append: method<[id: string, clientId: string, seq: number], void>(),
  noteEnds: method<[ids: readonly string[], known: JournalState, clientId: string], void>(),
  read: method<[], readonly JournalEntry[]>(),
  markFilled: method<[], void>(),
  wasFilled: method<[], boolean>(),
  pruneAccepted: method<[], void>(),
  /** Writes half a line at the end of every file that is not in use, as a power cut leaves it. */
  tear: method<[], number>(),
  files: method<[], number>(),
};
