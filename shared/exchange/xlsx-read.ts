import type { ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { serialText } from './moments.ts';
import { FileRefused } from './refusals.ts';
import { MAX_CELL, MAX_COLUMNS, type TableRow, type TableRows } from './table-row.ts';
import { readWorkbook, type Workbook } from './xlsx-parts.ts';
import { parseXml, unescapeXstring, type XmlHandler } from './xml-events.ts';
import { readZipDirectory, unzipEntry } from './zip-read.ts';

/**
 * The rows of an xlsx's first sheet, read as they are asked for. Numbers stay numbers (a duration is a fraction of a day),
 * cells with a date format become `YYYY-MM-DD HH:MM:SS`. Throws FileRefused.
 */
export async function* readXlsx(source: ByteSource): TableRows & AsyncGenerator<readonly TableRow[]> {
  const workbook = await readWorkbook(source, await readZipDirectory(source));
  let ready: TableRow[] = [];
  const handler = sheetHandler(workbook, (row) => ready.push(row));
  const pieces = parseXml(unzipEntry(source, workbook.sheet), workbook.sheet.name, handler);
  while ((await pieces.next()).done !== true) {
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
}

function sheetHandler(workbook: Workbook, onRow: (row: TableRow) => void): XmlHandler {
  let number = 0;
  let cells: RawCell[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let text = '';
  let isValue = false;
  return {
    open: (name, attributes) => {
      if (name === 'row') {
        number = Number(attributes['r'] ?? number + 1);
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = columnOf(attributes['r'], column + 1);
        if (column >= MAX_COLUMNS) throw new FileRefused({ kind: 'too_many_columns', row: number });
        ({ t: type = 'n' } = attributes);
        style = Number(attributes['s'] ?? 0);
        text = '';
      }
      isValue = name === 'v' || name === 't';
    },
    text: (more) => {
      if (!isValue) return;
      text += more;
      if (text.length > MAX_CELL) throw new FileRefused({ kind: 'cell_too_long', row: number });
    },
    close: (name) => {
      isValue = false;
      if (name === 'c') {
        while (cells.length < column) cells.push(null);
        cells[column] = valueOf(type, text, style, workbook);
      } else if (name === 'row') {
        onRow({ number, cells });
      }
    },
  };
}

/** «AB12» -> 27; cells without an address follow one another. */
function columnOf(address: string | undefined, next: number): number {
  if (address === undefined) return next;
  let column = 0;
  for (let at = 0; at < address.length; at += 1) {
    const letter = address.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column === 0 ? next : column - 1;
}

function valueOf(
  type: string,
  text: string,
  style: number,
  { strings, isDateStyle, dayShift }: Workbook,
): RawCell {
  if (text === '') return null;
  switch (type) {
    case 's':
      return strings.at(Number(text));
    case 'str':
    case 'inlineStr':
      return unescapeXstring(text);
    case 'b':
      return text === '1' ? 'Да' : 'Нет';
    case 'd':
      return text.replace('T', ' ').slice(0, 19);
    case 'e':
      return text;
    default: {
      const value = Number(text);
      if (!Number.isFinite(value)) return text;
      return isDateStyle[style] === true ? serialText(value + dayShift) : value;
    }
  }
}
