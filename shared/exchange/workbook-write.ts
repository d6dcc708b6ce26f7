import { strToU8, zipSync } from 'fflate';
import { columnName, xmlText } from './xlsx-write.ts';

/** A cell of a small workbook. A formula carries what it gives, for programs that show and do not count. */
export type BookCell =
  | string
  | number
  | null
  | { readonly formula: string; readonly value: number; readonly style?: BookStyle }
  | { readonly value: number; readonly style: BookStyle };

/** `share` shows per cents, `span` minutes given as a part of a day, `rate` one decimal. */
export type BookStyle = 'share' | 'span' | 'rate';

/** A sheet of a workbook to be written. */
export interface BookSheet {
  /** At most 31 characters, none of []:*?/\ (ECMA-376, 18.2.19). */
  readonly name: string;
  /** The first row is the heading. */
  readonly rows: readonly (readonly BookCell[])[];
  /** Sentences about the table, below it. */
  readonly notes?: readonly string[];
  /** Widths of columns, in characters. */
  readonly widths: readonly number[];
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Places in the styles below; 1 is the heading. */
const STYLES: Readonly<Record<BookStyle, number>> = { share: 2, span: 3, rate: 4 };

const STYLE_PART =
  `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="[h]:mm"/>` +
  '<numFmt numFmtId="165" formatCode="0.0"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="5">' +
  [0, 0, 9, 164, 165]
    .map(
      (format, at) =>
        `<xf numFmtId="${format}" fontId="${at === 1 ? 1 : 0}" fillId="0" borderId="0" xfId="0"` +
        ` applyNumberFormat="1"${at === 1 ? ' applyFont="1"' : ''}/>`,
    )
    .join('') +
  '</cellXfs><cellStyles count="1">' +
  '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

function cellXml(cell: BookCell, address: string, isHead: boolean): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`;
  if (typeof cell === 'string')
    return (
      `<c r="${address}" t="inlineStr"${isHead ? ' s="1"' : ''}><is>` +
      `<t xml:space="preserve">${xmlText(cell)}</t></is></c>`
    );
  const style = cell.style === undefined ? '' : ` s="${STYLES[cell.style]}"`;
  const formula = 'formula' in cell ? `<f>${xmlText(cell.formula)}</f>` : '';
  return `<c r="${address}"${style}>${formula}<v>${cell.value}</v></c>`;
}

function sheetXml({ rows, notes = [], widths }: BookSheet): string {
  const columns = widths
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const below = notes.length === 0 ? [] : [[], ...notes.map((note) => [note])];
  const data = [...rows, ...below]
    .map((row, at) => {
      const cells = row.map((cell, column) => cellXml(cell, `${columnName(column)}${at + 1}`, at === 0));
      return `<row r="${at + 1}">${cells.join('')}</row>`;
    })
    .join('');
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${columns}</cols><sheetData>${data}</sheetData>` +
    '<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/></worksheet>'
  );
}

type NumberedSheet = { readonly sheet: BookSheet; readonly number: number };

const contentTypes = (numbered: readonly NumberedSheet[]): string =>
  `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  `<Default Extension="xml" ContentType="application/xml"/>` +
  `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
  numbered
    .map(
      ({ number }) =>
        `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
    )
    .join('') +
  `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;

const bookRelations = (numbered: readonly NumberedSheet[]): string =>
  `${HEAD}<Relationships xmlns="${RELATIONS}">` +
  numbered
    .map(
      ({ number }) =>
        `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" ` +
        `Target="worksheets/sheet${number}.xml"/>`,
    )
    .join('') +
  `<Relationship Id="rId${numbered.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/>` +
  '</Relationships>';

/** A workbook of small sheets as the bytes of an xlsx (ECMA-376). Larger tables go through `xlsxWriter`. */
export function writeWorkbook(sheets: readonly BookSheet[]): Uint8Array<ArrayBuffer> {
  const numbered = sheets.map((sheet, at) => ({ sheet, number: at + 1 }));
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(numbered),
    '_rels/.rels':
      `${HEAD}<Relationships xmlns="${RELATIONS}">` +
      `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml':
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
      numbered
        .map(
          ({ sheet, number }) =>
            `<sheet name="${xmlText(sheet.name)}" sheetId="${number}" r:id="rId${number}"/>`,
        )
        .join('') +
      '</sheets><calcPr fullCalcOnLoad="1"/></workbook>',
    'xl/_rels/workbook.xml.rels': bookRelations(numbered),
    'xl/styles.xml': STYLE_PART,
  };
  for (const { sheet, number } of numbered) parts[`xl/worksheets/sheet${number}.xml`] = sheetXml(sheet);
  return new Uint8Array(
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))),
  );
}
