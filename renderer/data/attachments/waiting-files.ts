/** A file that waits on this workstation, as its folder knows it. */
export interface WaitingFile {
  /** sha-256 of the bytes, in hex; the name it is kept under. */
  readonly hash: string;
  /** Bytes on the disk: fewer than the file has when a crash tore it. */
  readonly size: number;
}

/**
 * The attachments of one account that the centre does not have yet, kept outside IndexedDB, which Chromium
 * may replace by an empty one after a crash. Each call ends when the disk has done it; one that fails leaves
 * what was there before.
 */
export interface WaitingFiles {
  /**
   * Keeps the bytes under their hash. A file that is there already is written again: it may have been torn.
   */
  readonly keep: (hash: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** The bytes from `from` up to `to`, fewer at the end of the file; null when it is not here. */
  readonly read: (hash: string, from: number, to: number) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly list: () => Promise<readonly WaitingFile[]>;
  /** Does nothing when it is not here. */
  readonly remove: (hash: string) => Promise<void>;
}
