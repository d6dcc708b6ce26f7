import { Inflate } from 'fflate';
import { chunksOf, type ByteSource } from './byte-source.ts';
import { FileRefused } from './refusals.ts';

/** One file inside a zip, as its directory tells. Layout: PKWARE APPNOTE 4.3. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packed: number;
  readonly offset: number;
}

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record and the longest comment that may follow it. */
const END_ROOM = 22 + 65_535;
const STORED = 0;
const DEFLATED = 8;

/** Beyond this an entry must not be packed tighter than `RATIO`: real sheets are 10 to 60 times, deflate allows 1032. */
const FREE_BYTES = 64 * 1024 * 1024;
const RATIO = 250;

const damaged = (part: string): FileRefused => new FileRefused({ kind: 'damaged', part });
const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The directory of a zip. Throws FileRefused when it is not whole. */
export async function readZipDirectory(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const tail = viewOf(await source.read(Math.max(0, source.size - END_ROOM), source.size));
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw damaged('zip');
  const size = tail.getUint32(at + 12, true);
  const offset = tail.getUint32(at + 16, true);
  if (offset + size > source.size) throw damaged('zip');
  return entriesIn(await source.read(offset, offset + size));
}

function entriesIn(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === DIRECTORY;) {
    const nameLength = view.getUint16(at + 28, true);
    // Names that matter are plain ASCII; some writers put a backslash or a leading slash.
    const name = String.fromCharCode(...bytes.subarray(at + 46, at + 46 + nameLength))
      .replaceAll('\\', '/')
      .replace(/^\//, '');
    entries.set(name.toLowerCase(), {
      name,
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packed: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Unpacks one entry piece by piece. Throws FileRefused when it is encrypted, broken or a bomb. */
export async function* unzipEntry(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted) throw new FileRefused({ kind: 'encrypted' });
  const head = viewOf(await source.read(entry.offset, entry.offset + 30));
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) throw damaged(entry.name);
  const start = entry.offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  if (start + entry.packed > source.size) throw damaged(entry.name);
  const packed = chunksOf(source, start, start + entry.packed);
  if (entry.method === STORED) yield* packed;
  else if (entry.method === DEFLATED) yield* inflated(packed, entry);
  else throw damaged(entry.name);
}

/** Small steps, so that one step of a bomb cannot fill the memory before it is measured. */
const STEP = 16 * 1024;

async function* inflated(
  packed: AsyncIterable<Uint8Array>,
  { name, packed: total }: ZipEntry,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let unpacked = 0;
  const inflate = new Inflate((chunk) => ready.push(chunk));
  let read = 0;
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += STEP) {
      const step = chunk.subarray(at, at + STEP);
      read += step.length;
      pushOrRefuse(inflate, step, read >= total, name);
      for (const piece of ready) unpacked += piece.length;
      if (unpacked > FREE_BYTES && unpacked > total * RATIO)
        throw new FileRefused({ kind: 'too_large_unpacked', part: name });
      yield* ready;
      ready = [];
    }
  }
}

function pushOrRefuse(inflate: Inflate, bytes: Uint8Array, isLast: boolean, name: string): void {
  try {
    // A copy: the decoder keeps and overwrites what it is given.
    inflate.push(bytes.slice(), isLast);
  } catch {
    throw damaged(name);
  }
}
