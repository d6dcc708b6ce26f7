import type { Table } from 'dexie';
import { ATTACHMENT_LIMITS, type Attachment } from '#shared/domain/attachment.ts';
import { acceptFile, type FileProblem } from '#shared/files/accept-file.ts';
import type { HandInProblem } from '#shared/protocol/attachments.ts';
import { cleanFileName, FILE_EXTENSIONS } from '#shared/text/file-name.ts';
import { coalesced } from '#renderer/data/sync/coalesced.ts';
import type { AttachmentLine } from './attachment-line.ts';
import { sha256 } from './sha256.ts';
import { uploadFile, type UploadEnd } from './upload-file.ts';
import type { WaitingFiles } from './waiting-files.ts';

/** A file this workstation took in and still keeps. */
export interface StoredAttachment extends Attachment {
  readonly keptAt: number;
  /** True when a command has named it: until then it may be a choice that was taken back, and is not sent. */
  readonly isNamed: boolean;
  /**
   * The centre's epoch under which it was handed in; '' while it was not. After a restore of the centre the
   * epoch differs.
   */
  readonly handedIn: string;
  /** The reason why the centre does not take it, null while it may. */
  readonly refused: HandInProblem | null;
}

export type KeptAttachment =
  | { readonly ok: true; readonly attachment: Attachment }
  | { readonly ok: false; readonly problem: FileProblem };

/** The progress of a file of this workstation. `received`: bytes in the centre. */
export interface AttachmentProgress {
  readonly hash: string;
  readonly name: string;
  readonly size: number;
  readonly received: number;
  readonly refused: HandInProblem | null;
}

type Named = ReadonlyMap<string, Attachment>;

export interface AttachmentPorts {
  readonly table: Table<StoredAttachment, string>;
  readonly files: WaitingFiles;
  readonly line: AttachmentLine;
  readonly now: () => number;
  /** The centre's epoch; null before the first greeting. */
  readonly epoch: () => Promise<string | null>;
  /** True while there is a line to the centre. */
  readonly isLive: () => Promise<boolean>;
  /** Files, by hash, that commands name which wait to be sent or were not accepted. */
  readonly named: () => Promise<Named>;
  /** Called when what waits has changed. */
  readonly onChange: () => void;
}

/** After a failure it is tried again then, or when the connection comes back. */
const AGAIN_MS = 30_000;
/** A file that was chosen and never named by a command goes after so long, as it does in the centre. */
const GIVEN_UP_MS = 30 * 24 * 3600_000;

/**
 * Attached files of this workstation: cleaned and kept under the hash of their bytes, handed in when a
 * command names them, kept until the centre has both the bytes and the command. They travel beside the
 * commands; neither waits for the other.
 */
export class Attachments {
  readonly #ports: AttachmentPorts;
  #progress: readonly AttachmentProgress[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  constructor(ports: AttachmentPorts) {
    this.#ports = ports;
  }

  /** Files that commands have named and the centre does not have yet, or will not take. */
  get waiting(): readonly AttachmentProgress[] {
    return this.#progress;
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Takes a file in without what tells of its taking; resolves when it is on the disk. */
  async keep(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<KeptAttachment> {
    const read = acceptFile(bytes);
    if (!read.ok) return read;
    const { type, bytes: clean, width, height } = read.file;
    const hash = await sha256(clean);
    const attachment = {
      hash,
      type,
      name: cleanFileName(name, FILE_EXTENSIONS[type]),
      size: clean.length,
      width,
      height,
    };
    const { files, table, now } = this.#ports;
    await files.keep(hash, clean);
    const known = await table.get(hash);
    if (known === undefined)
      await table.put({ ...attachment, keptAt: now(), isNamed: false, handedIn: '', refused: null });
    return { ok: true, attachment };
  }

  /**
   * The bytes of an incident's file, from here or else from the centre; null while they can be had from
   * neither.
   */
  async read(incident: string, hash: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const own = await this.#ports.files.read(hash, 0, ATTACHMENT_LIMITS.bytes);
    if (own !== null && (await sha256(own)) === hash) return own;
    const answer = await this.#ports.line.fetch(incident, hash);
    return answer.ok && (await sha256(answer.value)) === hash ? answer.value : null;
  }

  /**
   * Brings back what is known of files whose database was lost. To be called once, before the first sending.
   */
  async recover(): Promise<void> {
    const { files, table, now, named: readNamed } = this.#ports;
    const lost = new Set((await files.list()).map(({ hash }) => hash));
    for (const hash of await table.toCollection().primaryKeys()) lost.delete(hash);
    if (lost.size === 0) return;
    const named = await readNamed();
    for (const hash of lost) {
      const bytes = await files.read(hash, 0, ATTACHMENT_LIMITS.bytes);
      const read = bytes === null ? null : acceptFile(bytes);
      // A file torn by a crash is none: the command that named it was not stored either.
      if (bytes === null || read?.ok !== true || (await sha256(bytes)) !== hash) continue;
      const { type, width, height } = read.file;
      const name = cleanFileName(named.get(hash)?.name ?? '', FILE_EXTENSIONS[type]);
      const known = { hash, type, name, size: bytes.length, width, height };
      await table.put({ ...known, keptAt: now(), isNamed: false, handedIn: '', refused: null });
    }
  }

  /** Hands in what waits and removes what need not be kept. Costs next to nothing when there is nothing. */
  readonly send = coalesced(
    () => this.#round(),
    () => this.#isClosed,
  );

  async #round(): Promise<void> {
    const { table, named: readNamed, epoch: readEpoch, isLive } = this.#ports;
    const stored = await table.toArray();
    if (stored.length === 0) return this.#show([]);
    const [named, epoch] = [await readNamed(), await readEpoch()];
    const kept: StoredAttachment[] = [];
    for (const file of stored) {
      if (this.#isOver(file, named, epoch)) await this.#remove(file.hash);
      else kept.push(await this.#marked(file, named));
    }
    const waiting = kept.filter((file) => file.isNamed && (file.handedIn === '' || file.handedIn !== epoch));
    this.#show(waiting.map((file) => ({ ...this.#progressOf(file), refused: file.refused })));
    if (epoch === null || !(await isLive())) return;
    for (const file of waiting) {
      if (this.#isClosed) return;
      if (file.refused !== null) continue;
      const end = await this.#upload(file);
      if (end.state === 'later') return this.#later(end.afterMs);
      await this.#ended(file, end, epoch, named);
    }
  }

  /** A person has dealt with a file the centre does not take: it need not be kept. */
  async dismiss(hash: string): Promise<void> {
    await this.#remove(hash);
    this.#show(this.#progress.filter((row) => row.hash !== hash));
  }

  /**
   * True when nothing needs the file here any more. A refused one is the only copy: it stays until a person
   * has dealt with it.
   */
  #isOver(file: StoredAttachment, named: Named, epoch: string | null): boolean {
    if (named.has(file.hash) || file.refused !== null) return false;
    if (file.isNamed) return epoch !== null && file.handedIn === epoch;
    return this.#ports.now() - file.keptAt > GIVEN_UP_MS;
  }

  async #marked(file: StoredAttachment, named: Named): Promise<StoredAttachment> {
    if (file.isNamed || !named.has(file.hash)) return file;
    const marked = { ...file, isNamed: true };
    await this.#ports.table.put(marked);
    return marked;
  }

  #upload(file: StoredAttachment): Promise<UploadEnd> {
    const { files, line } = this.#ports;
    return uploadFile({
      line,
      hash: file.hash,
      size: file.size,
      read: (from, to) => files.read(file.hash, from, to),
      onProgress: (received) => this.#advance(file.hash, received),
      isStopped: () => this.#isClosed,
    });
  }

  async #ended(
    file: StoredAttachment,
    end: Exclude<UploadEnd, { state: 'later' }>,
    epoch: string,
    named: Named,
  ): Promise<void> {
    const { table } = this.#ports;
    if (end.state === 'here') {
      this.#show(this.#progress.filter(({ hash }) => hash !== file.hash));
      const done = { ...file, handedIn: epoch };
      if (this.#isOver(done, named, epoch)) await this.#remove(file.hash);
      else await table.put(done);
      return;
    }
    // Bytes that cannot be read here are lost; the person is told as of a file the centre refused.
    const refused = end.state === 'refused' ? end.problem : 'damaged';
    await table.put({ ...file, refused });
    this.#show(this.#progress.map((row) => (row.hash === file.hash ? { ...row, refused } : row)));
  }

  async #remove(hash: string): Promise<void> {
    await this.#ports.files.remove(hash);
    await this.#ports.table.delete(hash);
  }

  #progressOf({ hash, name, size }: StoredAttachment): Omit<AttachmentProgress, 'refused'> {
    const received = this.#progress.find((row) => row.hash === hash)?.received ?? 0;
    return { hash, name, size, received };
  }

  #advance(hash: string, received: number): void {
    this.#show(this.#progress.map((row) => (row.hash === hash ? { ...row, received } : row)));
  }

  #show(progress: readonly AttachmentProgress[]): void {
    const isSame = progress.length === 0 && this.#progress.length === 0;
    this.#progress = progress;
    if (!isSame) this.#ports.onChange();
  }

  #later(afterMs: number | null): void {
    if (this.#isClosed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.send(), Math.max(AGAIN_MS, afterMs ?? 0));
  }
}
