import { strFromU8 } from 'fflate';
import type { ByteSource } from './byte-source.ts';
import { FileRefused, type OtherFormat } from './refusals.ts';
import { decodeHead, markedEncoding } from './text-decoding.ts';

/**
 * First bytes of files that are not read (their own specifications; the list of `file(1)`); pictures and PDF
 * are no tables at all.
 */
const MAGIC: readonly (readonly [OtherFormat | null, readonly number[]])[] = [
  [null, [0x25, 0x50, 0x44, 0x46]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  [null, [0x89, 0x50, 0x4e, 0x47]],
  [null, [0xff, 0xd8, 0xff]],
  [null, [0x47, 0x49, 0x46, 0x38]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x42, 0x5a, 0x68]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
];

/** Beginnings of texts that are tables of another kind. */
const BEGINNINGS: readonly (readonly [OtherFormat, RegExp])[] = [
  ['xml_2003', /^<\?xml[^]{0,1000}(?:progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet)/i],
  [
    'html',
    /^(?:<\?xml[^>]*>\s*)?(?:<!--[^]{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|table|style|div)\b/i,
  ],
  ['xml', /^<\?xml\b/i],
  ['mhtml', /^(?:mime-version:|from:|content-type:\s*multipart\/related)/i],
  ['json', /^(?:\[\s*[{[]|\{\s*")/],
  ['sylk', /^ID;P[A-Z]*[;\r\n][^]*?\n[BCFOPE];/],
];

const HEAD = 4096;

/**
 * Tells a file's kind by its bytes and never by its name; throws FileRefused for kinds that are not read.
 * `text` still may turn out to be no table.
 */
export async function fileKind(source: ByteSource): Promise<'zip' | 'text'> {
  if (source.size === 0) throw new FileRefused({ kind: 'empty_file' });
  const head = await source.read(0, HEAD);
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (begins([0x50, 0x4b, 0x03, 0x04]) || begins([0x50, 0x4b, 0x05, 0x06])) return 'zip';
  if (begins([0xd0, 0xcf, 0x11, 0xe0])) throw new FileRefused({ kind: await compoundKind(source) });
  // A bare worksheet stream of the Excels before 1997.
  if (begins([0x09, 0x08]) || begins([0x09, 0x04, 0x06]) || begins([0x09, 0x02, 0x06]))
    throw new FileRefused({ kind: 'old_excel' });
  const magic = MAGIC.find(([, bytes]) => begins(bytes));
  const format = magic === undefined ? textFormat(head) : magic[0];
  if (format === null) throw new FileRefused({ kind: 'not_a_table' });
  if (format !== undefined) throw new FileRefused({ kind: 'other_format', format });
  return 'text';
}

function textFormat(head: Uint8Array): OtherFormat | undefined {
  const text = decodeHead(head, markedEncoding(head) ?? 'utf-8')
    .replaceAll('\u0000', '')
    .trimStart();
  if (text === '') throw new FileRefused({ kind: 'empty_file' });
  return BEGINNINGS.find(([, beginning]) => beginning.test(text))?.[0];
}

/** An encrypted xlsx lies inside the same container as an old xls, under a name in UTF-16. */
async function compoundKind(source: ByteSource): Promise<'encrypted' | 'old_excel'> {
  const bytes = await source.read(0, Math.min(source.size, 1_000_000));
  return strFromU8(bytes, true).replaceAll('\u0000', '').includes('EncryptedPackage')
    ? 'encrypted'
    : 'old_excel';
}
