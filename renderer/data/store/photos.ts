import type { Table } from 'dexie';
import { readPhoto, type PhotoProblem } from '#shared/domain/photo.ts';
import { sha256 } from '#renderer/data/attachments/sha256.ts';
import { coalesced } from '#renderer/data/sync/coalesced.ts';
import type { PhotoLine } from '#renderer/data/sync/fetch-transport.ts';
import type { PhotoSpare } from './photo-spare.ts';

/** A photo on this workstation. */
export interface StoredPhoto {
  /** sha-256 of the bytes, in hex. */
  readonly hash: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * `HERE`: taken in here, not sent; `CENTRE`: came from the centre; else the centre's epoch it was sent
   * under.
   */
  readonly sent: string;
}

export const HERE = '';
const CENTRE = 'centre';
/** After a failure it is tried again then, or when the connection comes back. */
const AGAIN_MS = 30_000;

/** A photo that was taken in, as records speak of it. */
export type KeptPhoto =
  | { readonly ok: true; readonly hash: string; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly problem: PhotoProblem };

export interface PhotoPorts {
  readonly table: Table<StoredPhoto, string>;
  readonly line: PhotoLine;
  readonly spare: PhotoSpare;
  /**
   * The centre's epoch; null before the first greeting. After a restore it differs, and photos are offered
   * again.
   */
  readonly epoch: () => Promise<string | null>;
  /** True while there is a line to the centre. */
  readonly isLive: () => Promise<boolean>;
  /** Hashes that records speak of: a photo that was chosen and given up is shown to nobody. */
  readonly wanted: () => Promise<ReadonlySet<string>>;
  /** Called when the number of photos waiting has changed. */
  readonly onChange: () => void;
}

/**
 * Photos of example cases: kept here under the hash of their bytes, sent when there is a line, fetched when
 * they are shown and not here. They travel beside the protocol, so that a message never waits for a picture.
 */
export class Photos {
  readonly #ports: PhotoPorts;
  readonly #fetching = new Map<string, Promise<Uint8Array<ArrayBuffer> | null>>();
  /** The centre will not take these; asked again at the next start. */
  readonly #refused = new Set<string>();
  #waiting = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  constructor(ports: PhotoPorts) {
    this.#ports = ports;
  }

  /** Photos of records that the centre does not have yet. */
  get waiting(): number {
    return this.#waiting;
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Takes a photo in; resolves when it is on disk twice. */
  async keep(bytes: Uint8Array<ArrayBuffer>): Promise<KeptPhoto> {
    const read = readPhoto(bytes);
    if (!read.ok) return read;
    const hash = await sha256(bytes);
    const { table, spare } = this.#ports;
    if ((await table.get(hash)) === undefined) {
      await spare.put(hash, bytes);
      await table.put({ hash, bytes, sent: HERE });
    }
    return { ok: true, hash, width: read.width, height: read.height };
  }

  /** The bytes of a photo from here or else from the centre; null while it can be had from neither. */
  async read(hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const stored = await this.#ports.table.get(hash);
    if (stored !== undefined) return stored.bytes;
    const fetching = this.#fetching.get(hash) ?? this.#fetch(hash);
    this.#fetching.set(hash, fetching);
    return fetching.finally(() => this.#fetching.delete(hash));
  }

  async #fetch(hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const answer = await this.#ports.line.fetch(hash);
    if (!answer.ok) return null;
    const bytes = answer.value;
    if (!readPhoto(bytes).ok || (await sha256(bytes)) !== hash) return null;
    // Without room it is shown all the same, and fetched again the next time.
    await this.#ports.table.put({ hash, bytes, sent: CENTRE }).catch(() => undefined);
    return bytes;
  }

  /** Brings back photos whose database was lost. To be called once, before the first sending. */
  async recover(): Promise<void> {
    const { table, spare } = this.#ports;
    for (const hash of await spare.all()) {
      if ((await table.get(hash)) !== undefined) continue;
      const bytes = await spare.get(hash);
      // A file torn by a crash is no photo.
      if (readPhoto(bytes).ok && (await sha256(bytes)) === hash) await table.put({ hash, bytes, sent: HERE });
    }
  }

  /**
   * Sends what waits. To be called when a record was saved and when the connection is back; costs next to
   * nothing otherwise.
   */
  readonly send = coalesced(
    () => this.#sendWaiting(),
    () => this.#isClosed,
  );

  async #sendWaiting(): Promise<void> {
    const { table, line, spare, epoch: readEpoch, isLive } = this.#ports;
    const epoch = await readEpoch();
    const waiting = await this.#unsent(epoch);
    this.#count(waiting.length);
    if (epoch === null || !(await isLive())) return;
    for (const [index, hash] of waiting.entries()) {
      const stored = await table.get(hash);
      if (stored === undefined || this.#isClosed) continue;
      const answer = await line.send(hash, stored.bytes);
      if (answer.ok) {
        await table.put({ ...stored, sent: epoch });
        await spare.drop(hash);
      } else if (answer.failure.kind === 'unreadable' || answer.failure.kind === 'forbidden')
        this.#refused.add(hash);
      else return this.#later();
      this.#count(waiting.length - index - 1);
    }
  }

  async #unsent(epoch: string | null): Promise<readonly string[]> {
    const { table, wanted: readWanted } = this.#ports;
    const known = [CENTRE, ...(epoch === null ? [] : [epoch])];
    const own = (await table.where('sent').noneOf(known).primaryKeys()).filter(
      (hash) => !this.#refused.has(hash),
    );
    if (own.length === 0) return own;
    const wanted = await readWanted();
    return own.filter((hash) => wanted.has(hash));
  }

  #count(waiting: number): void {
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    this.#ports.onChange();
  }

  #later(): void {
    if (this.#isClosed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.send(), AGAIN_MS);
  }
}
