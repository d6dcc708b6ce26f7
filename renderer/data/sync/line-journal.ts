import { foldLines, readLines, writeLine, type JournalLine } from './journal-lines.ts';
import type { Journal, JournalEntry, JournalState, PendingCommand } from './sync-store.ts';

/** The files of a journal. Each call ends when the disk has it. */
export interface LineFiles {
  append(text: string): Promise<void>;
  /** The text of every file. */
  read(): Promise<readonly string[]>;
  /** Puts `text` in the place of everything; at no moment are both missing. */
  replace(text: string): Promise<void>;
}

/** The lines that say the same as these entries and nothing more. */
export function journalLinesOf(entries: readonly JournalEntry[], isFilled: boolean): JournalLine[] {
  const lines: JournalLine[] = isFilled ? [{ t: 'filled' }] : [];
  for (const { clientId, known, ...item } of entries) {
    lines.push({ t: 'item', clientId, item });
    if (known !== 'open') lines.push({ t: 'known', ids: [item.id], known });
  }
  return lines;
}

const textOf = (lines: readonly JournalLine[]): string => lines.map(writeLine).join('');

/** A {@link Journal} of whole lines in files that somebody else keeps: the shell's main process. */
export function lineJournal(files: LineFiles): Journal {
  const folded = async () => foldLines((await files.read()).map(readLines));
  const write = (line: JournalLine): Promise<void> => files.append(textOf([line]));
  return {
    append: (item: PendingCommand, clientId: string) => write({ t: 'item', clientId, item }),
    settle: async (ids: readonly string[], known: JournalState) => {
      if (ids.length > 0) await write({ t: 'known', ids, known });
    },
    read: async () => (await folded()).entries,
    wasFilled: async () => (await folded()).filled,
    markFilled: async () => {
      if (!(await folded()).filled) await write({ t: 'filled' });
    },
    prune: async (keep) => {
      const { entries, filled } = await folded();
      await files.replace(textOf(journalLinesOf(entries.filter(keep), filled)));
    },
    close: async () => undefined,
  };
}
