/**
 * A file that can be read in pieces, in any order: the parts of an xlsx do not stand in the order they are
 * needed.
 */
export interface ByteSource {
  readonly size: number;
  /** Bytes from `start` up to, not including, `end`; fewer at the end of the file. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** Room outside memory for what a reader must keep of a very large file; without it, memory has to do. */
  readonly scratch?: Scratch;
  /**
   * Lets others have their turn where they share a thread: a small file may unpack to hundreds of megabytes.
   */
  readonly pause?: () => Promise<void>;
}

/** Bytes put aside and taken back by their place. At once, because the reader's parser cannot wait. */
export interface Scratch {
  put(bytes: Uint8Array): number;
  take(place: number, length: number): Uint8Array;
}

/** Memory as scratch room. */
export function memoryScratch(): Scratch {
  const kept: Uint8Array[] = [];
  return {
    put: (bytes) => kept.push(bytes) - 1,
    take: (place) => kept[place] ?? new Uint8Array(),
  };
}

/** The part of a browser's File and Blob that is needed here, without the DOM's types. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A file chosen in a browser. */
export const blobSource = (blob: BlobLike): ByteSource => ({
  size: blob.size,
  read: async (start, end) => new Uint8Array(await blob.slice(start, Math.min(end, blob.size)).arrayBuffer()),
});

const CHUNK = 256 * 1024;

/** The bytes between two places, in pieces. */
export async function* chunksOf(
  source: ByteSource,
  start = 0,
  end = source.size,
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += CHUNK) yield await source.read(at, Math.min(at + CHUNK, end));
}
