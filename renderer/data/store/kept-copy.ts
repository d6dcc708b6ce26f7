import Dexie from 'dexie';
import type { StoredAttachment } from '#renderer/data/attachments/attachments.ts';
import { ownerLock } from '#renderer/data/rpc/ownership.ts';
import { foldLines, readLines } from '#renderer/data/sync/journal-lines.ts';
import type { PendingCommand } from '#renderer/data/sync/sync-store.ts';
import { accountRowSchema, type AccountRow } from '#shared/protocol/session.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { HERE } from './photos.ts';

/** Files of a person that the shell keeps outside the browser's storage. */
export interface CopyFiles {
  /** The text of every file of the person's journal. */
  readonly readJournal: (profile: string) => Promise<readonly string[]>;
  /** Removes the person's journal and waiting files. */
  readonly remove: (profile: string) => Promise<void>;
}

/** Folders of the origin's private files in which each person has one. */
const FOLDERS = ['journal', 'attachments', 'photos'];

const isMissing = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError');

const missing = (error: unknown): null => {
  if (isMissing(error)) return null;
  throw error;
};

async function folderOf(name: string, profile: string): Promise<FileSystemDirectoryHandle | null> {
  const root = await navigator.storage.getDirectory();
  const all = await root.getDirectoryHandle(name).catch(missing);
  return (await all?.getDirectoryHandle(encodeURIComponent(profile)).catch(missing)) ?? null;
}

async function journalTexts(profile: string): Promise<readonly string[]> {
  const texts: string[] = [];
  const folder = await folderOf('journal', profile);
  if (folder !== null)
    for await (const handle of folder.values())
      if (handle.kind === 'file') texts.push(await (await (handle as FileSystemFileHandle).getFile()).text());
  return texts;
}

/** Reads a local copy as it is, of an older console too; null when there is none. */
async function read<T>(profile: string, work: (copy: Dexie) => Promise<T>): Promise<T | null> {
  if (!(await Dexie.exists(profile))) return null;
  const copy = new Dexie(profile, { autoOpen: false });
  try {
    await copy.open();
    return await work(copy);
  } finally {
    copy.close();
  }
}

/** The name of a copy, taken apart; see `databaseName`. */
const COPY = /^pult:([a-z0-9-]{1,40}):([0-9A-Za-z-]{1,60})$/;

/** A copy on this workstation, with the person's row as the copy itself has it. */
export interface FoundCopy {
  readonly profile: string;
  readonly region: string;
  readonly account: string;
  readonly person: AccountRow | null;
}

/** Finds the copies whose names are not among those known. */
export async function findCopies(known: ReadonlySet<string>): Promise<readonly FoundCopy[]> {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const copies: FoundCopy[] = [];
  for (const profile of names.filter((name) => !known.has(name))) {
    const [, region, account] = COPY.exec(profile) ?? [];
    if (region === undefined || account === undefined) continue;
    const rows =
      (await read(profile, (copy) => rowsOf<ReferenceRow>(copy, 'reference')).catch(() => null)) ?? [];
    const own = rows.find(({ kind, id }) => kind === 'account' && id === account)?.row;
    copies.push({ profile, region, account, person: accountRowSchema.safeParse(own).data ?? null });
  }
  return copies;
}

/** Rows of a table; older copies have not got every one. */
const rowsOf = async <T>(copy: Dexie, table: string): Promise<readonly T[]> =>
  copy.tables.some(({ name }) => name === table) ? copy.table<T>(table).toArray() : [];

async function unsentIn(copy: Dexie): Promise<readonly string[]> {
  const commands = await rowsOf<PendingCommand>(copy, 'outbox');
  const files = await rowsOf<StoredAttachment>(copy, 'attachment');
  const photos = await rowsOf<{ readonly hash: string; readonly sent: string }>(copy, 'photo');
  const records = await rowsOf<ReferenceRow>(copy, 'reference');
  const named = JSON.stringify(records.filter(({ kind }) => kind === 'example'));
  return [
    ...commands.map(({ id }) => id),
    ...files
      .filter(({ isNamed, handedIn, refused }) => isNamed && handedIn === '' && refused === null)
      .map(({ hash }) => hash),
    ...photos.filter(({ hash, sent }) => sent === HERE && named.includes(hash)).map(({ hash }) => hash),
  ];
}

/**
 * Counts what the centre does not have yet: commands of the outbox, those of the journal whose end nobody has
 * seen, files and photos. To be asked of a copy that no window works in. Throws what the storage throws: a
 * copy that cannot be read now may hold anything.
 */
export async function countUnsent(profile: string, files: CopyFiles | null): Promise<number> {
  const kept = (await read(profile, unsentIn)) ?? [];
  const texts = [...(await journalTexts(profile)), ...((await files?.readJournal(profile)) ?? [])];
  const open = foldLines(texts.map(readLines)).entries.filter(({ known }) => known === 'open');
  return new Set([...kept, ...open.map(({ id }) => id)]).size;
}

/**
 * Runs `work` while no window works in a copy, and none can begin to. Gives null when one still does after
 * `patienceMs`.
 */
export async function whileUnused<T>(
  profile: string,
  patienceMs: number,
  work: () => Promise<T>,
): Promise<T | null> {
  const how = patienceMs === 0 ? { ifAvailable: true } : { signal: AbortSignal.timeout(patienceMs) };
  return navigator.locks
    .request(ownerLock(profile), how, async (lock) => (lock === null ? null : work()))
    .catch(() => null);
}

/** Removes database, journal, waiting files and photos of a copy that no window works in. */
export async function removeCopy(profile: string, files: CopyFiles | null): Promise<void> {
  await Dexie.delete(profile);
  const root = await navigator.storage.getDirectory();
  for (const name of FOLDERS) {
    const all = await root.getDirectoryHandle(name).catch(missing);
    await all?.removeEntry(encodeURIComponent(profile), { recursive: true }).catch(missing);
  }
  await files?.remove(profile);
}
