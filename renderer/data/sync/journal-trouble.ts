import { messageOf } from './failure.ts';

/**
 * A reason why the second copy of a command was not written; each has a sentence under
 * `alarm.journal_failed`.
 */
export type JournalTrouble = 'disk_full' | 'read_only' | 'failed';

/** Of an error from another thread only name, message and stack arrive, so the name says which it is. */
const NAMES: Readonly<Record<string, JournalTrouble>> = {
  QuotaExceededError: 'disk_full',
  disk_full: 'disk_full',
  read_only: 'read_only',
};

export interface JournalFailed {
  readonly kind: 'journal_failed';
  readonly why: JournalTrouble;
  /** The system's own words. */
  readonly message: string;
}

/** Makes the alarm of a journal that threw. */
export const journalFailed = (error: unknown): JournalFailed => ({
  kind: 'journal_failed',
  why: (error instanceof Error ? NAMES[error.name] : undefined) ?? 'failed',
  message: messageOf(error),
});
