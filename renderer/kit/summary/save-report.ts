import cyrillic from '@fontsource-variable/golos-text/files/golos-text-cyrillic-wght-normal.woff2?url';
import latin from '@fontsource-variable/golos-text/files/golos-text-latin-wght-normal.woff2?url';
import type { Pictures } from '#shared/domain/photo.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { reportText } from '#shared/report/summary/report-text.ts';
import { sheetPage, type SheetSize } from '#shared/report/paper/sheet.ts';
import type { Language } from '#shared/text/duration.ts';
import { addressOf } from './report-address.ts';
import { saveFile } from '#renderer/host/save-file.ts';

/** A name that says whose summary it is, of when, and which issue. */
export function fileName({ region, form, period, issued }: PeriodReport, extension: string): string {
  const issue = issued === undefined ? '' : `-issue-${issued.number}`;
  return `pult-${region}-${addressOf({ form, ...period })}${issue}.${extension}`;
}

/**
 * The numbers as `npm run report -- --format json` gives them; of an issue, the very text its checksum is of.
 */
export function saveAsJson(report: PeriodReport, text: string | null): void {
  saveFile(fileName(report, 'json'), 'application/json', text ?? reportText(report));
}

/** The numbers as a workbook whose totals and shares are formulas. */
export function saveAsXlsx(report: PeriodReport, language: Language): void {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  saveFile(fileName(report, 'xlsx'), type, writeWorkbook(summaryBook(report, language)));
}

/** The summary as a document that Word and LibreOffice edit. */
export async function saveAsDocx(
  report: PeriodReport,
  language: Language,
  pictures: Pictures,
): Promise<void> {
  const { summaryDocx } = await import('#shared/report/paper/summary-docx.ts');
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  saveFile(fileName(report, 'docx'), type, await summaryDocx(report, language, pictures));
}

/** The sheet as a page that needs nothing else: the font travels inside it. */
export async function saveAsHtml(
  report: PeriodReport,
  language: Language,
  size: SheetSize,
  pictures: Pictures,
): Promise<void> {
  const page = sheetPage(report, language, await fontFaces(), size, pictures);
  saveFile(fileName(report, 'html'), 'text/html', page);
}

/** The console's font as CSS that carries it. */
export async function fontFaces(): Promise<string> {
  const faces = await Promise.all([
    face(cyrillic, 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116'),
    face(latin, 'U+0000-00FF,U+2000-206F,U+20AC,U+2122,U+2212'),
  ]);
  return faces.join('');
}

async function face(url: string, range: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const text = btoa(bytes.reduce((all, byte) => all + String.fromCharCode(byte), ''));
  return (
    `@font-face{font-family:'Golos Text Variable';font-weight:400 900;` +
    `src:url(data:font/woff2;base64,${text}) format('woff2');unicode-range:${range}}`
  );
}
