/**
 * The second copy of photos the centre does not have yet, outside IndexedDB: losing that database loses no
 * photo.
 */
export interface PhotoSpare {
  readonly put: (hash: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly get: (hash: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly drop: (hash: string) => Promise<void>;
  readonly all: () => Promise<readonly string[]>;
}

const FOLDER = 'photos';

/**
 * Where there are no private files a photo has one copy until it is sent, and the store opens all the same.
 */
const NO_SPARE: PhotoSpare = {
  put: async () => undefined,
  get: async () => new Uint8Array(),
  drop: async () => undefined,
  all: async () => [],
};

/** In the origin's private files, flushed before it is reported. Dedicated workers only. */
export const opfsSpare = (profile: string): Promise<PhotoSpare> => openSpare(profile).catch(() => NO_SPARE);

async function openSpare(profile: string): Promise<PhotoSpare> {
  const root = await navigator.storage.getDirectory();
  const all = await root.getDirectoryHandle(FOLDER, { create: true });
  const folder = await all.getDirectoryHandle(encodeURIComponent(profile), { create: true });
  return {
    put: async (hash, bytes) => {
      const file = await folder.getFileHandle(hash, { create: true });
      const handle = await file.createSyncAccessHandle();
      handle.truncate(0);
      handle.write(bytes, { at: 0 });
      handle.flush();
      handle.close();
    },
    get: async (hash) => {
      const file = await folder.getFileHandle(hash).then((handle) => handle.getFile());
      return new Uint8Array(await file.arrayBuffer());
    },
    drop: (hash) => folder.removeEntry(hash).catch(() => undefined),
    all: async () => {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    },
  };
}
