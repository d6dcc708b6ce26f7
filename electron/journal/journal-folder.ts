import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serialQueue } from '#shared/async/serial-queue.ts';
import type { Seal } from '#electron/sealing/seal.ts';
import { frameOf, readFrames } from '#electron/sealing/sealed-text.ts';

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

interface JournalFile {
  readonly name: string;
  readonly text: string;
  /** See {@link readFrames}. */
  readonly hasOther: boolean;
}

async function filesIn(folder: string, seal: Seal | null): Promise<JournalFile[]> {
  const read = async (name: string): Promise<JournalFile> => {
    const file = await readFile(join(folder, name), 'utf8');
    return { name, ...readFrames(file, seal) };
  };
  return Promise.all((await namesIn(folder)).map(read));
}

const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );

interface JournalParts {
  readonly rotateBytes?: number;
  /** Closes what is written from now on; null where there is no keychain. */
  readonly seal?: Seal | null;
  /** Called when a file holds text that this workstation cannot open now. */
  readonly onOther?: () => void;
}

/**
 * The journal in `folder`, made when it is not there. Calls are done one after another, in their order. Files
 * of earlier releases are read as they stand, and ones of a key that is not here are left where they are.
 */
export function openJournalFolder(folder: string, parts: JournalParts = {}): JournalFolder {
  const { rotateBytes = ROTATE_BYTES, seal = null, onOther = () => undefined } = parts;
  const inTurn = serialQueue();
  const makeFolder = (): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });
  const newest = async (): Promise<number> =>
    Number.parseInt((await namesIn(folder)).at(-1) ?? nameOf(0), 10);
  const append = async (text: string): Promise<void> => {
    await makeFolder();
    const number = await newest();
    const path = join(folder, nameOf(Math.max(1, number)));
    const frame = frameOf(text, seal);
    const size = await sizeOf(path);
    const isFull = size !== null && size + frame.length > rotateBytes;
    const target = isFull ? join(folder, nameOf(number + 1)) : path;
    await writeDurably(target, APPEND, frame);
    if (size === null || isFull) await syncFolder(folder);
  };
  const replace = async (text: string): Promise<void> => {
    await makeFolder();
    const old = (await filesIn(folder, seal)).filter(({ hasOther }) => !hasOther);
    const path = join(folder, nameOf((await newest()) + 1));
    await writeDurably(`${path}.new`, ANEW, frameOf(text, seal));
    await rename(`${path}.new`, path);
    await syncFolder(folder);
    for (const { name } of old) await rm(join(folder, name), { force: true });
  };
  const read = async (): Promise<string[]> => {
    await makeFolder();
    const all = await filesIn(folder, seal);
    if (all.some(({ hasOther }) => hasOther)) onOther();
    return all.map(({ text }) => text);
  };
  return {
    append: (text) => inTurn(() => append(text)),
    read: () => inTurn(read),
    replace: (text) => inTurn(() => replace(text)),
    remove: () => inTurn(() => rm(folder, { recursive: true, force: true })),
  };
}
