import { strToU8, zipSync } from 'fflate';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { columnName, xmlText } from '#shared/exchange/xlsx-write.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Bytes of a zip with these parts. */
export const zipOf = (parts: Readonly<Record<string, string>>): ByteSource =>
  bytesSource(
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))),
  );

/** A cell of a sheet: a value, or XML of its own for `<c …>`, which gets the address. */
export type SheetCell = RawCell | { readonly xml: string };

const cellXml = (cell: SheetCell, address: string): string => {
  if (cell === null) return '';
  if (typeof cell === 'object') return cell.xml.replace('<c', `<c r="${address}"`);
  return typeof cell === 'number'
    ? `<c r="${address}"><v>${cell}</v></c>`
    : `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
};

/** A sheet with these rows. */
export const sheetOf = (rows: readonly (readonly SheetCell[])[]): string =>
  `<worksheet xmlns="${MAIN}"><sheetData>${rows
    .map((cells, at) => {
      const xml = cells.map((cell, column) => cellXml(cell, `${columnName(column)}${at + 1}`));
      return `<row r="${at + 1}">${xml.join('')}</row>`;
    })
    .join('')}</sheetData></worksheet>`;

interface BookOptions {
  /** Attributes of a sheet by its name. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly properties?: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** The parts of a workbook of these sheets. */
export function bookOf(
  sheets: Readonly<Record<string, string>>,
  { attributes = {}, properties = '', more = {} }: BookOptions = {},
): Record<string, string> {
  const names = Object.keys(sheets);
  const list = names.map(
    (name, at) =>
      `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}" ${attributes[name] ?? ''}/>`,
  );
  const relations = names.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  return {
    '_rels/.rels':
      `<Relationships xmlns="${PACKAGE}">` +
      `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml':
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${properties}` +
      `<sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${relations.join('')}</Relationships>`,
    ...Object.fromEntries(names.map((name, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheets[name] ?? ''])),
    ...more,
  };
}
