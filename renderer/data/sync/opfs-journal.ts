import { foldLines, readLines, writeLine, type JournalLine } from './journal-lines.ts';
import { journalLinesOf } from './line-journal.ts';
import type { Journal, JournalEntry, JournalState, PendingCommand } from './sync-store.ts';

const FOLDER = 'journal';
const encoder = new TextEncoder();

interface OwnFile {
  readonly name: string;
  readonly handle: FileSystemSyncAccessHandle;
}

/**
 * The journal in the origin's private files: outside IndexedDB, so that losing that loses nothing. Each
 * worker writes a file of its own (a handle is exclusive) and reads all of them. Every append is flushed
 * before it is reported. Dedicated workers only.
 */
export class OpfsJournal implements Journal {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #newId: () => string;
  #own: OwnFile;

  private constructor(folder: FileSystemDirectoryHandle, newId: () => string, own: OwnFile) {
    this.#folder = folder;
    this.#newId = newId;
    this.#own = own;
  }

  /** `profile` names the account and region, as the database does. */
  static async open(profile: string, newId: () => string): Promise<OpfsJournal> {
    const root = await navigator.storage.getDirectory();
    const all = await root.getDirectoryHandle(FOLDER, { create: true });
    const folder = await all.getDirectoryHandle(encodeURIComponent(profile), { create: true });
    return new OpfsJournal(folder, newId, await createFile(folder, newId));
  }

  async append(items: readonly PendingCommand[], clientId: string): Promise<void> {
    const lines = items.map((item) => ({ t: 'item', clientId, item }) as const);
    if (lines.length > 0) writeTo(this.#own.handle, lines);
  }

  async settle(ids: readonly string[], known: JournalState, clientId: string): Promise<void> {
    if (ids.length > 0) writeTo(this.#own.handle, [{ t: 'known', ids, known, clientId }]);
  }

  async read(): Promise<readonly JournalEntry[]> {
    return foldLines(await this.#readAll()).entries;
  }

  async wasFilled(): Promise<boolean> {
    return foldLines(await this.#readAll()).filled;
  }

  async markFilled(): Promise<void> {
    if (!(await this.wasFilled())) writeTo(this.#own.handle, [{ t: 'filled' }]);
  }

  /**
   * Writes what is kept of every file into a new one, flushes, and only then removes the old ones. Files of
   * other living workers are locked and stay; reading counts a command once however many files name it.
   */
  async prune(keep: (entry: JournalEntry) => boolean): Promise<void> {
    const old = await this.#names();
    const { entries, filled } = foldLines(await this.#readAll());
    const next = await createFile(this.#folder, this.#newId);
    writeTo(next.handle, journalLinesOf(entries.filter(keep), filled));
    const before = this.#own;
    this.#own = next;
    before.handle.close();
    for (const name of old) await this.#folder.removeEntry(name).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#own.handle.close();
  }

  async #names(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of this.#folder.keys()) names.push(name);
    return names.toSorted();
  }

  async #readAll(): Promise<JournalLine[][]> {
    const files: JournalLine[][] = [];
    for (const name of await this.#names()) files.push(readLines(await this.#textOf(name)));
    return files;
  }

  async #textOf(name: string): Promise<string> {
    if (name === this.#own.name) return textOfHandle(this.#own.handle);
    const file = await this.#folder.getFileHandle(name).then((handle) => handle.getFile());
    return file.text();
  }
}

async function createFile(folder: FileSystemDirectoryHandle, newId: () => string): Promise<OwnFile> {
  const name = `${newId()}.log`;
  const file = await folder.getFileHandle(name, { create: true });
  return { name, handle: await file.createSyncAccessHandle() };
}

function writeTo(handle: FileSystemSyncAccessHandle, lines: readonly JournalLine[]): void {
  const bytes = encoder.encode(lines.map(writeLine).join(''));
  const written = handle.write(bytes, { at: handle.getSize() });
  handle.flush();
  if (written !== bytes.length) throw new Error(`The journal took ${written} of ${bytes.length} bytes`);
}

function textOfHandle(handle: FileSystemSyncAccessHandle): string {
  const bytes = new Uint8Array(handle.getSize());
  handle.read(bytes, { at: 0 });
  return new TextDecoder().decode(bytes);
}
