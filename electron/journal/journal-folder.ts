import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serialQueue } from '#shared/async/serial-queue.ts';

/**
 * One operator's journal: text appended to a file and on the disk before the call ends. What the lines say is
 * the console's business.
 */
export interface JournalFolder {
  append(text: string): Promise<void>;
  /** The text of every file, oldest first. */
  read(): Promise<string[]>;
  /** Puts `text` in the place of all that was written so far; at no moment is either missing. */
  replace(text: string): Promise<void>;
  /** Removes the folder with all that was written; the next text makes it anew. */
  remove(): Promise<void>;
}

/**
 * A file grown to this is left as it is and the next one begun, so that replacing reads and writes little at
 * a time.
 */
const ROTATE_BYTES = 8 * 1024 * 1024;
const ENDING = '.ndjson';

const nameOf = (number: number): string => `${String(number).padStart(8, '0')}${ENDING}`;

/**
 * Writes and flushes; a disk that takes only part of it throws, and the torn line is told by its checksum
 * when it is read.
 */
async function writeDurably(path: string, flags: number, text: string): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Makes a new name outlive a power cut. Windows has no such thing and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(ENDING)).toSorted();
}

const APPEND = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND;
const ANEW = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;

/** The journal in `folder`, made when it is not there. Calls are done one after another, in their order. */
export function openJournalFolder(folder: string, rotateBytes: number = ROTATE_BYTES): JournalFolder {
  const inTurn = serialQueue();
  const makeFolder = (): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });
  const newest = async (): Promise<number> =>
    Number.parseInt((await namesIn(folder)).at(-1) ?? nameOf(0), 10);
  const append = async (text: string): Promise<void> => {
    await makeFolder();
    const number = await newest();
    const path = join(folder, nameOf(Math.max(1, number)));
    const size = await stat(path).then(
      (found) => found.size,
      () => null,
    );
    const isFull = size !== null && size + text.length > rotateBytes;
    const target = isFull ? join(folder, nameOf(number + 1)) : path;
    await writeDurably(target, APPEND, text);
    if (size === null || isFull) await syncFolder(folder);
  };
  const replace = async (text: string): Promise<void> => {
    await makeFolder();
    const old = await namesIn(folder);
    const path = join(folder, nameOf((await newest()) + 1));
    await writeDurably(`${path}.new`, ANEW, text);
    await rename(`${path}.new`, path);
    await syncFolder(folder);
    for (const name of old) await rm(join(folder, name), { force: true });
  };
  const read = async (): Promise<string[]> => {
    await makeFolder();
    return Promise.all((await namesIn(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  };
  return {
    append: (text) => inTurn(() => append(text)),
    read: () => inTurn(read),
    replace: (text) => inTurn(() => replace(text)),
    remove: () => inTurn(() => rm(folder, { recursive: true, force: true })),
  };
}
