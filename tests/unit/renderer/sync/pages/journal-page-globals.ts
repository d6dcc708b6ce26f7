import type { JournalState } from '#renderer/data/sync/sync-store.ts';

declare global {
  interface Window {
    /** Offered by journal-page.ts to the test: two workers with a journal each. */
    journals: {
      readonly append: (which: 0 | 1, id: string, clientId: string, seq: number) => Promise<void>;
      readonly noteEnds: (ids: readonly string[], known: JournalState, clientId: string) => Promise<void>;
      readonly read: () => Promise<readonly string[]>;
      readonly tear: () => Promise<number>;
      readonly files: () => Promise<number>;
      readonly markFilled: () => Promise<void>;
      readonly wasFilled: () => Promise<boolean>;
      readonly pruneAccepted: () => Promise<void>;
    };
  }
}
