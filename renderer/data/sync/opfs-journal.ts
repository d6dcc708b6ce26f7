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
  readonly #profile: string;
  readonly #newId: () => string;
  #folder: FileSystemDirectoryHandle;
  #own: OwnFile;

  private constructor(profile: string, newId: () => string, folder: FileSystemDirectoryHandle, own: OwnFile) {
    this.#profile = profile;
    this.#newId = newId;
    this.#folder = folder;
    this.#own = own;
  }

  /** `profile` names the account and region, as the database does. */
  static async open(profile: string, newId: () => string): Promise<OpfsJournal> {
    const folder = await folderOf(profile);
    return new OpfsJournal(profile, newId, folder, await createFile(folder, newId));
  }

  async append(items: readonly PendingCommand[], clientId: string): Promise<void> {
    const lines = items.map((item) => ({ t: 'item', clientId, item }) as const);
    if (lines.length > 0) writeTo(this.#own.handle, lines);
  }

  async noteEnds(ids: readonly string[], known: JournalState, clientId: string): Promise<void> {
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
    const { entries, filled } = foldLines(await this.#readAll());
    const old = await this.#names();
    const next = await createFile(this.#folder, this.#newId);
    writeTo(next.handle, journalLinesOf(entries.filter(keep), filled));
    const before = this.#own;
    this.#own = next;
    before.handle.close();
    for (const name of old) await this.#folder.removeEntry(name).catch(() => undefined);
  }

  async reopen(): Promise<void> {
    // The old handle stays open: to close one whose file the browser has removed never ends (Chromium 153).
    this.#folder = await folderOf(this.#profile);
    this.#own = await createFile(this.#folder, this.#newId);
  }

  async close(): Promise<void> {
    this.#own.handle.close();
  }

  async #names(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of this.#folder.keys()) names.push(name);
    return names.toSorted();
  }

  /** A browser that empties an origin may take the folder after the database, hence after a `reopen`. */
  async #readAll(): Promise<JournalLine[][]> {
    try {
      return await this.#readFiles();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
      await this.reopen();
      return this.#readFiles();
    }
  }

  async #readFiles(): Promise<JournalLine[][]> {
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

async function folderOf(profile: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const all = await root.getDirectoryHandle(FOLDER, { create: true });
  return all.getDirectoryHandle(encodeURIComponent(profile), { create: true });
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
