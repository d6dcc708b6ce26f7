import type { ByteSource } from './byte-source.ts';
import { FileRefused } from './refusals.ts';
import { StringTable } from './string-table.ts';
import { readXml, unescapeXstring, type XmlHandler } from './xml-events.ts';
import { unzipEntry, type ZipEntry } from './zip-read.ts';

/** What the sheet's cells refer to. */
export interface Workbook {
  readonly sheet: ZipEntry;
  readonly strings: StringTable;
  /** By the number of a cell's style: whether it shows a date (and not a time span). */
  readonly isDateStyle: readonly boolean[];
  /** Days to add to a day number: workbooks of old Macs count from 1904. */
  readonly dayShift: number;
}

const DAYS_1904 = 1462;
/** Built-in formats with a date in them (ECMA-376, 18.8.30). */
const DATE_FORMATS = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

type Entries = ReadonlyMap<string, ZipEntry>;

/** Reads everything of an xlsx but the sheet itself. Throws FileRefused. */
export async function readWorkbook(source: ByteSource, entries: Entries): Promise<Workbook> {
  if ([...entries.values()].some(({ isEncrypted }) => isEncrypted))
    throw new FileRefused({ kind: 'encrypted' });
  const read = async (name: string, handler: XmlHandler): Promise<void> => {
    const entry = entries.get(name);
    if (entry !== undefined) await readXml(unzipEntry(source, entry), name, handler);
  };
  if (!entries.has('xl/workbook.xml')) throw new FileRefused({ kind: 'not_a_table' });
  const book = bookHandler();
  await read('xl/workbook.xml', book);
  const rels = relationsHandler();
  await read('xl/_rels/workbook.xml.rels', rels);
  const styles = stylesHandler();
  await read('xl/styles.xml', styles);
  const strings = stringsHandler(new StringTable(source.scratch));
  await read('xl/sharedstrings.xml', strings);
  const sheet = entries.get(sheetPath(rels.targets.get(book.first())));
  if (sheet === undefined) throw new FileRefused({ kind: 'damaged', part: 'xl/worksheets' });
  return {
    sheet,
    strings: strings.strings,
    isDateStyle: styles.isDate,
    dayShift: book.is1904() ? DAYS_1904 : 0,
  };
}

const sheetPath = (target = 'worksheets/sheet1.xml'): string =>
  (target.startsWith('/') ? target.slice(1) : `xl/${target}`).toLowerCase();

const ignore = (): void => undefined;

function bookHandler(): XmlHandler & { first(): string; is1904(): boolean } {
  let first = '';
  let is1904 = false;
  return {
    first: () => first,
    is1904: () => is1904,
    open: (name, attributes) => {
      if (name === 'sheet' && first === '')
        first = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
    },
    text: ignore,
    close: ignore,
  };
}

function relationsHandler(): XmlHandler & { readonly targets: Map<string, string> } {
  const targets = new Map<string, string>();
  return {
    targets,
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target);
    },
    text: ignore,
    close: ignore,
  };
}

function stylesHandler(): XmlHandler & { readonly isDate: boolean[] } {
  const dates = new Set(DATE_FORMATS);
  const isDate: boolean[] = [];
  let inCells = false;
  return {
    isDate,
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt' && showsDate(formatCode)) dates.add(Number(numFmtId));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) isDate.push(dates.has(Number(numFmtId)));
    },
    text: ignore,
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  };
}

/** Whether a format has a day or a year in it, apart from quoted text, colours and spans such as `[hh]`. */
const showsDate = (code: string): boolean => /[dy]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

function stringsHandler(strings: StringTable): XmlHandler & { readonly strings: StringTable } {
  let parts: string[] = [];
  let inText = false;
  let inReading = false;
  return {
    strings,
    open: (name) => {
      if (name === 'si') parts = [];
      if (name === 'rPh') inReading = true;
      inText = name === 't' && !inReading;
    },
    text: (text) => {
      if (inText) parts.push(text);
    },
    close: (name) => {
      inText = false;
      if (name === 'rPh') inReading = false;
      if (name === 'si') strings.push(unescapeXstring(parts.join('')));
    },
  };
}
