import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { RawCell } from './cells.ts';
import { XLSX_PARTS } from './xlsx-template.ts';

/** The style of a column's numbers: plain, or spans shown as `[hh]:mm:ss`. */
export type NumberStyle = 'plain' | 'duration';

/** Writes an xlsx piece by piece; `bytes` must be taken after every call. */
export interface XlsxWriter {
  row(cells: readonly RawCell[]): void;
  /** Ends the file. */
  end(): void;
  /** Takes out the bytes that are ready to be written; the writer forgets them. */
  bytes(): Uint8Array[];
}

const NAMES: string[] = [];

/** 0 -> A, 26 -> AA. */
export function columnName(index: number): string {
  const known = NAMES[index];
  if (known !== undefined) return known;
  const rest = Math.floor(index / 26);
  const name = (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (index % 26));
  NAMES[index] = name;
  return name;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// oxlint-disable-next-line no-control-regex -- these are exactly the characters XML cannot hold
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]/g;

/**
 * Text for an xlsx: what XML cannot hold goes as `_x000B_`, and what only looks so is protected (ECMA-376,
 * ST_Xstring).
 */
export const xmlText = (text: string): string =>
  text
    .replaceAll(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replaceAll(
      UNWRITABLE,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );

function cellXml(cell: RawCell, address: string, style: NumberStyle): string {
  if (cell === null) return '';
  if (typeof cell === 'number')
    return `<c r="${address}"${style === 'duration' ? ' s="1"' : ''}><v>${cell}</v></c>`;
  // Spaces at the ends survive only in an inline string that asks for them; everything else is written as the
  // registry does.
  if (cell.trim() !== cell)
    return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
  return `<c r="${address}" t="str"><v>${xmlText(cell)}</v></c>`;
}

/** Letters of XML collected before they are packed: packing single rows would be slow. */
const BATCH = 512 * 1024;

/** Begins a file with one sheet, «Лист1», in the registry's own form. `styles` has one entry a column. */
export function xlsxWriter(styles: readonly NumberStyle[]): XlsxWriter {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const [name, text] of Object.entries(XLSX_PARTS)) {
    const part = new ZipDeflate(name, { level: 6 });
    zip.add(part);
    part.push(strToU8(text), true);
  }
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 3 });
  zip.add(sheet);
  let text = `${SHEET_HEAD}`;
  let number = 0;
  const flush = (isLast: boolean): void => {
    sheet.push(strToU8(text), isLast);
    text = '';
  };
  return {
    row: (cells) => {
      number += 1;
      const written = cells.map((cell, index) =>
        cellXml(cell, `${columnName(index)}${number}`, styles[index] ?? 'plain'),
      );
      text += `<row r="${number}">${written.join('')}</row>`;
      if (text.length > BATCH) flush(false);
    },
    end: () => {
      text += '</sheetData></worksheet>';
      flush(true);
      zip.end();
    },
    bytes: () => {
      const out = ready;
      ready = [];
      return out;
    },
  };
}

const SHEET_HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>' +
  '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
  '</sheetView></sheetViews><sheetData>';
