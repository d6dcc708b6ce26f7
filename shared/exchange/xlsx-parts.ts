import type { ByteSource } from './byte-source.ts';
import { IGNORE, readRelations, workbookPart, type Entries } from './package-relations.ts';
import { FileRefused } from './refusals.ts';
import { StringTable } from './string-table.ts';
import { MAX_CELL } from './table-row.ts';
import { readXml, unescapeXstring, type XmlHandler } from './xml-events.ts';
import { unzipEntry, type ZipEntry } from './zip-read.ts';

/** A sheet of cells; other kinds (charts, dialogs) are none. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly entry: ZipEntry;
}

/** The sheets of a workbook, and what their cells refer to. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly strings: StringTable;
  /** By the number of a cell's style: whether it shows a date (and not a time span). */
  readonly isDateStyle: readonly boolean[];
  /** Days to add to a day number: workbooks of old Macs count from 1904. */
  readonly dayShift: number;
}

/** Types of relations to a sheet of cells; some writers leave the type out. */
const SHEETS: ReadonlySet<string> = new Set(['worksheet', '']);

const DAYS_1904 = 1462;
/** Built-in formats with a date in them (ECMA-376, 18.8.30). */
const DATE_FORMATS = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

/**
 * Reads everything of an xlsx but its sheets, each part where the relations say it is. Throws FileRefused.
 */
export async function readWorkbook(source: ByteSource, entries: Entries): Promise<Workbook> {
  if ([...entries.values()].some(({ isEncrypted }) => isEncrypted))
    throw new FileRefused({ kind: 'encrypted' });
  const part = await workbookPart(source, entries);
  const relations = await readRelations(source, entries, part);
  const read = async (name: string, handler: XmlHandler): Promise<void> => {
    const entry = entries.get(name);
    if (entry !== undefined) await readXml(unzipEntry(source, entry), entry.name, handler);
  };
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const partOf = (type: string): string =>
    relations.find((relation) => relation.type === type)?.part ?? `${folder}${type.toLowerCase()}.xml`;
  const book = bookHandler();
  await read(part, book);
  const styles = stylesHandler();
  await read(partOf('styles'), styles);
  const strings = stringsHandler(new StringTable(source.scratch));
  await read(partOf('sharedStrings'), strings);
  const sheets = book.sheets.flatMap(({ name, isHidden, relation }): Sheet[] => {
    const target = relations.find(({ id }) => id === relation);
    const entry = entries.get(target?.part ?? '');
    return entry === undefined || !SHEETS.has(target?.type ?? '') ? [] : [{ name, isHidden, entry }];
  });
  if (sheets.length === 0) throw new FileRefused({ kind: 'damaged', part: 'xl/worksheets' });
  return {
    sheets,
    strings: strings.strings,
    isDateStyle: styles.isDate,
    dayShift: book.is1904() ? DAYS_1904 : 0,
  };
}

interface ListedSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly relation: string;
}

function bookHandler(): XmlHandler & { readonly sheets: ListedSheet[]; is1904(): boolean } {
  const sheets: ListedSheet[] = [];
  let is1904 = false;
  return {
    ...IGNORE,
    sheets,
    is1904: () => is1904,
    open: (name, attributes) => {
      if (name === 'sheet') {
        const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
        const isHidden = (attributes['state'] ?? 'visible') !== 'visible';
        sheets.push({ name: attributes['name'] ?? '', isHidden, relation });
      }
      if (name === 'workbookPr') is1904 = /^(?:1|true|on)$/.test(attributes['date1904'] ?? '');
    },
  };
}

function stylesHandler(): XmlHandler & { readonly isDate: boolean[] } {
  const dates = new Set(DATE_FORMATS);
  const isDate: boolean[] = [];
  let inCells = false;
  return {
    ...IGNORE,
    isDate,
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt' && showsDate(formatCode)) dates.add(Number(numFmtId));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) isDate.push(dates.has(Number(numFmtId)));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  };
}

/** Characters of a format; Excel takes 255. */
const MAX_FORMAT = 1000;

/**
 * Tells whether a format has a day or a year in it, apart from quoted text, colours and spans such as `[hh]`.
 */
const showsDate = (code: string): boolean =>
  code.length <= MAX_FORMAT &&
  /[dyдг]/i.test(code.replaceAll(/"[^"]*"|\[[^[\]]*\]|\\./g, '').replaceAll(/general|основной/gi, ''));

function stringsHandler(strings: StringTable): XmlHandler & { readonly strings: StringTable } {
  let [parts, length]: [string[], number] = [[], 0];
  let inText = false;
  let inReading = false;
  return {
    strings,
    open: (name) => {
      if (name === 'si') [parts, length] = [[], 0];
      if (name === 'rPh') inReading = true;
      inText = name === 't' && !inReading;
    },
    text: (text) => {
      if (!inText) return;
      length += text.length;
      if (length > MAX_CELL) throw new FileRefused({ kind: 'cell_too_long', row: 0 });
      parts.push(text);
    },
    close: (name) => {
      inText = false;
      if (name === 'rPh') inReading = false;
      if (name === 'si') strings.push(unescapeXstring(parts.join('')));
    },
  };
}
