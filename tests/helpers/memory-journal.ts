import { compareEntries } from '#renderer/data/sync/journal-lines.ts';
import type { Journal, JournalEntry, JournalState, PendingCommand } from '#renderer/data/sync/sync-store.ts';

/**
 * {@link Journal} in plain memory: survives what the simulation calls a crash, and the loss of the database.
 */
export class MemoryJournal implements Journal {
  #entries = new Map<string, JournalEntry>();
  #filled = false;

  async append(items: readonly PendingCommand[], clientId: string): Promise<void> {
    for (const item of items) {
      const before = this.#entries.get(item.id);
      const known = before?.clientId === clientId ? before.known : 'open';
      this.#entries.set(item.id, { ...structuredClone(item), clientId, known });
    }
  }

  async noteEnds(ids: readonly string[], known: JournalState, clientId: string): Promise<void> {
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (entry !== undefined && clientId >= entry.clientId) this.#entries.set(id, { ...entry, known });
    }
  }

  async read(): Promise<readonly JournalEntry[]> {
    return structuredClone([...this.#entries.values()].toSorted(compareEntries));
  }

  async wasFilled(): Promise<boolean> {
    return this.#filled;
  }

  async markFilled(): Promise<void> {
    this.#filled = true;
  }

  async prune(keep: (entry: JournalEntry) => boolean): Promise<void> {
    this.#entries = new Map([...this.#entries].filter(([, entry]) => keep(entry)));
  }

  async reopen(): Promise<void> {
    await Promise.resolve();
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}
