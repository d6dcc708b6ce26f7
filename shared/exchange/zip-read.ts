import { Inflate, strFromU8 } from 'fflate';
import { chunksOf, type ByteSource } from './byte-source.ts';
import { crc32 } from '#shared/files/crc32.ts';
import { FileRefused } from './refusals.ts';

/** One file inside a zip, as its directory tells. Layout: PKWARE APPNOTE 4.3. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packed: number;
  readonly offset: number;
  /** CRC-32 of what is unpacked; 0 where the writer left it out. */
  readonly checksum: number;
}

const END = 0x06054b50;
/** Zip64 (APPNOTE 4.3.14, 4.3.15, 4.5.3): the real numbers stand elsewhere when these fields are full. */
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const EXTRA_64 = 0x0001;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record, the longest comment that may follow it, and the Zip64 locator before it. */
const END_ROOM = 22 + 65_535 + 20;
const STORED = 0;
const DEFLATED = 8;

/**
 * Beyond this an entry must not be packed tighter than `RATIO`: real sheets are 10 to 60 times, deflate
 * allows 1032.
 */
const FREE_BYTES = 64 * 1024 * 1024;
const RATIO = 250;
/** However it is packed: Excel's largest sheet full of numbers is about a third of it. */
const MAX_UNPACKED = 32 * 1024 ** 3;

const damaged = (part: string): FileRefused => new FileRefused({ kind: 'damaged', part });
const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const readU64 = (view: DataView, at: number, part: string): number => {
  if (at + 8 > view.byteLength) throw damaged(part);
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged(part);
  return Number(value);
};

/**
 * Finds the directory: by the end record, or by the Zip64 one that its locator, right before it, points
 * to.
 */
async function directoryAt(
  source: ByteSource,
  tail: DataView,
  end: number,
): Promise<{ readonly offset: number; readonly size: number }> {
  const size = tail.getUint32(end + 12, true);
  const offset = tail.getUint32(end + 16, true);
  const isFull = tail.getUint16(end + 10, true) === FULL_16 || size === FULL_32 || offset === FULL_32;
  const locator = end - 20;
  if (!isFull || locator < 0 || tail.getUint32(locator, true) !== LOCATOR_64) return { offset, size };
  const at = readU64(tail, locator + 8, 'zip');
  const record = viewOf(await source.read(at, at + 56));
  if (record.byteLength < 56 || record.getUint32(0, true) !== END_64) throw damaged('zip');
  return { size: readU64(record, 40, 'zip'), offset: readU64(record, 48, 'zip') };
}

/** The directory of a zip. Throws FileRefused when it is not whole. */
export async function readZipDirectory(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const tail = viewOf(await source.read(Math.max(0, source.size - END_ROOM), source.size));
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw damaged('zip');
  const { offset, size } = await directoryAt(source, tail, at);
  if (offset + size > source.size) throw damaged('zip');
  return entriesIn(await source.read(offset, offset + size));
}

function entriesIn(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === DIRECTORY;) {
    const nameLength = view.getUint16(at + 28, true);
    // Some writers put a backslash or a leading slash.
    const name = strFromU8(bytes.subarray(at + 46, at + 46 + nameLength))
      .replaceAll('\\', '/')
      .replace(/^\//, '');
    entries.set(name.toLowerCase(), {
      name,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      ...sizesOf(view, at, nameLength, name),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * Packed size and place of an entry; the Zip64 extra field holds, in this order, those of the three that are
 * full.
 */
function sizesOf(
  view: DataView,
  at: number,
  nameLength: number,
  name: string,
): Pick<ZipEntry, 'packed' | 'offset'> {
  let packed = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  if (packed !== FULL_32 && offset !== FULL_32) return { packed, offset };
  const first = at + 46 + nameLength;
  const after = Math.min(view.byteLength, first + view.getUint16(at + 30, true));
  for (let field = first; field + 4 <= after; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== EXTRA_64) continue;
    let value = field + 4 + (view.getUint32(at + 24, true) === FULL_32 ? 8 : 0);
    if (packed === FULL_32) {
      packed = readU64(view, value, name);
      value += 8;
    }
    if (offset === FULL_32) offset = readU64(view, value, name);
    return { packed, offset };
  }
  throw damaged(name);
}

/** Unpacks one entry piece by piece. Throws FileRefused when it is encrypted, broken or a bomb. */
export async function* unzipEntry(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted) throw new FileRefused({ kind: 'encrypted' });
  const head = viewOf(await source.read(entry.offset, entry.offset + 30));
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) throw damaged(entry.name);
  const start = entry.offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  if (start + entry.packed > source.size) throw damaged(entry.name);
  const packed = chunksOf(source, start, start + entry.packed);
  if (entry.method !== STORED && entry.method !== DEFLATED) throw damaged(entry.name);
  let checksum = 0;
  for await (const bytes of entry.method === STORED ? packed : inflated(packed, entry)) {
    checksum = crc32(bytes, checksum);
    for (let at = 0; at < bytes.length; at += PIECE) {
      yield bytes.subarray(at, at + PIECE);
      await source.pause?.();
    }
  }
  if (entry.checksum !== 0 && checksum !== entry.checksum) throw damaged(entry.name);
}

/** Bytes read at once; a step of a bomb unpacks to sixteen megabytes. */
const PIECE = 256 * 1024;
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
      if (unpacked > MAX_UNPACKED || (unpacked > FREE_BYTES && unpacked > total * RATIO))
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
