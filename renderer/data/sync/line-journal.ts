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
    if (known !== 'open') lines.push({ t: 'known', ids: [item.id], known, clientId });
  }
  return lines;
}

/** Characters written at a time; whoever keeps the files bounds what it is handed. */
const PORTION = 500_000;

/** Lines as texts of about that size, none of them split. */
function portionsOf(lines: readonly JournalLine[]): string[] {
  const portions: string[] = [];
  let portion = '';
  for (const line of lines) {
    portion += writeLine(line);
    if (portion.length < PORTION) continue;
    portions.push(portion);
    portion = '';
  }
  return portion === '' ? portions : [...portions, portion];
}

const textOf = (lines: readonly JournalLine[]): string => lines.map(writeLine).join('');

/** A {@link Journal} of whole lines in files that somebody else keeps: the shell's main process. */
export function lineJournal(files: LineFiles): Journal {
  const folded = async () => foldLines((await files.read()).map(readLines));
  const write = (line: JournalLine): Promise<void> => files.append(textOf([line]));
  return {
    append: async (items: readonly PendingCommand[], clientId: string) => {
      for (const text of portionsOf(items.map((item) => ({ t: 'item', clientId, item }))))
        await files.append(text);
    },
    noteEnds: async (ids: readonly string[], known: JournalState, clientId: string) => {
      if (ids.length > 0) await write({ t: 'known', ids, known, clientId });
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
    // Whoever keeps the files opens them for every append.
    reopen: async () => undefined,
    close: async () => undefined,
  };
}
