import type { WaitingFile, WaitingFiles } from './waiting-files.ts';

const FOLDER = 'attachments';

/**
 * {@link WaitingFiles} in the origin's private files, flushed before each call ends. Dedicated workers only.
 */
export async function opfsWaitingFiles(profile: string): Promise<WaitingFiles> {
  const root = await navigator.storage.getDirectory();
  const all = await root.getDirectoryHandle(FOLDER, { create: true });
  const folder = await all.getDirectoryHandle(encodeURIComponent(profile), { create: true });
  return {
    keep: (hash, bytes) => write(folder, hash, bytes),
    read: (hash, from, to) => readPart(folder, hash, from, to),
    list: () => list(folder),
    remove: (hash) =>
      folder.removeEntry(hash).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      }),
  };
}

const isMissing = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'NotFoundError';

async function write(
  folder: FileSystemDirectoryHandle,
  hash: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const file = await folder.getFileHandle(hash, { create: true });
  const handle = await file.createSyncAccessHandle();
  try {
    handle.truncate(0);
    const written = handle.write(bytes, { at: 0 });
    handle.flush();
    if (written !== bytes.length)
      throw new DOMException(`The disk took ${written} of ${bytes.length} bytes`, 'QuotaExceededError');
  } finally {
    handle.close();
  }
}

async function readPart(
  folder: FileSystemDirectoryHandle,
  hash: string,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const file = await folder.getFileHandle(hash).then((handle) => handle.getFile());
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function list(folder: FileSystemDirectoryHandle): Promise<readonly WaitingFile[]> {
  const files: WaitingFile[] = [];
  for await (const [hash, handle] of folder.entries())
    if (handle.kind === 'file')
      files.push({ hash, size: (await (handle as FileSystemFileHandle).getFile()).size });
  return files;
}
