import type { JournalState } from '#renderer/sync/sync-store.ts';

declare global {
  interface Window {
    /** What journal-page.ts offers to the test: two workers with a journal each. */
    journals: {
      append(which: 0 | 1, id: string, clientId: string, seq: number): Promise<void>;
      settle(ids: readonly string[], known: JournalState): Promise<void>;
      read(): Promise<readonly string[]>;
      tear(): Promise<number>;
      files(): Promise<number>;
      markFilled(): Promise<void>;
      wasFilled(): Promise<boolean>;
      pruneAccepted(): Promise<void>;
    };
  }
}
