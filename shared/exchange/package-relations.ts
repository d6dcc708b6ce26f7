import type { ByteSource } from './byte-source.ts';
import { FileRefused, type OtherFormat } from './refusals.ts';
import { readXml, type XmlHandler } from './xml-events.ts';
import { unzipEntry, type ZipEntry } from './zip-read.ts';

/** The entries of a zip by their names in small letters. */
export type Entries = ReadonlyMap<string, ZipEntry>;

/**
 * A pointer from one part of a package to another (ECMA-376, part 2, 9.3); the types of strict and
 * transitional packages end alike.
 */
export interface Relation {
  readonly id: string;
  /** The last word of the type: `officeDocument`, `worksheet`, `sharedStrings`. */
  readonly type: string;
  /** The name of the part it points to, as in {@link Entries}. */
  readonly part: string;
}

/** Reads the relations of a part ('' for the package itself); none when it has none. */
export async function readRelations(
  source: ByteSource,
  entries: Entries,
  part: string,
): Promise<readonly Relation[]> {
  const at = part.lastIndexOf('/') + 1;
  const entry = entries.get(`${part.slice(0, at)}_rels/${part.slice(at)}.rels`);
  const relations: Relation[] = [];
  if (entry === undefined) return relations;
  await readXml(unzipEntry(source, entry), entry.name, {
    ...IGNORE,
    open: (name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode = '' }) => {
      if (name === 'Relationship' && mode !== 'External')
        relations.push({
          id,
          type: type.slice(type.lastIndexOf('/') + 1),
          part: partName(part, target, entries),
        });
    },
  });
  return relations;
}

/** A handler that does nothing. */
export const IGNORE: XmlHandler = { open: () => undefined, text: () => undefined, close: () => undefined };

/**
 * The part a target means: from the root with a slash before it, otherwise from the folder of the part that
 * points.
 */
function partName(from: string, target: string, entries: Entries): string {
  const path = target.replaceAll('\\', '/');
  const steps = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  const name = steps.join('/').toLowerCase();
  if (entries.has(name)) return name;
  try {
    return decodeURIComponent(steps.join('/')).toLowerCase();
  } catch {
    return name;
  }
}

/** Finds the format of a zip that is no xlsx by the parts it has; null when nothing tells. */
export async function otherPackage(source: ByteSource, entries: Entries): Promise<OtherFormat | null> {
  const mime = entries.get('mimetype');
  if (mime !== undefined && /opendocument\.spreadsheet/.test(await textOf(source, mime))) return 'ods';
  const names = [...entries.keys()];
  if (names.some((name) => /^index(?:\.zip$|\/document\.iwa$)/.test(name))) return 'numbers';
  if (entries.has('word/document.xml')) return 'word';
  if (entries.has('ppt/presentation.xml')) return 'presentation';
  return names.some((name) => /\.(?:xlsx?|csv|ods|txt\.gz|zip)$/.test(name)) ? 'archive' : null;
}

async function textOf(source: ByteSource, entry: ZipEntry): Promise<string> {
  let text = '';
  for await (const bytes of unzipEntry(source, entry)) text += String.fromCharCode(...bytes.subarray(0, 200));
  return text;
}

/** The workbook's part. Throws FileRefused for packages that have none. */
export async function workbookPart(source: ByteSource, entries: Entries): Promise<string> {
  const relations = await readRelations(source, entries, '');
  const main = relations.find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (main.endsWith('.bin')) throw new FileRefused({ kind: 'other_format', format: 'xlsb' });
  const other = await otherPackage(source, entries);
  if (other !== null && !main.endsWith('workbook.xml'))
    throw new FileRefused({ kind: 'other_format', format: other });
  if (entries.has(main)) return main;
  throw new FileRefused(other === null ? { kind: 'not_a_table' } : { kind: 'other_format', format: other });
}
