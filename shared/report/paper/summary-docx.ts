import type * as docx from 'docx';
import type { Paragraph, Table } from 'docx';
import type { BookCell, BookSheet } from '#shared/exchange/workbook-write.ts';
import { MINUTES_PER_DAY } from '#shared/domain/instant.ts';
import { NO_PICTURES, type Photo, type Pictures } from '#shared/domain/photo.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import { textOf } from '#shared/text/html.ts';
import { FULL_WORDS } from './full-words.ts';
import { issueName, issueTexts } from './issue-mark.ts';
import { newsItem } from './news-item.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { periodName } from './period-name.ts';
import { percent, shortDate, whole } from './sheet-text.ts';
import { SHEET_WORDS } from './sheet-words.ts';
import { summaryBook } from './summary-book.ts';

type Docx = typeof docx;

/** A4 in twentieths of a point, and margins of 20 mm. */
const PAPER = { width: 11_906, height: 16_838 } as const;
const MARGIN = 1134;
const FONT = 'Arial';
/** Half points. A table of many columns is set smaller, or its words break in the middle. */
const TABLE_SIZE = { usual: 16, wide: 13, wideFrom: 8 } as const;
/** Between a cell's border and its words, in twentieths of a point. */
const CELL_MARGIN = 50;
/** The most a photo takes, in pixels of 96 to the inch: two stand beside each other. */
const PICTURE = { width: 310, height: 280 } as const;

/**
 * The summary as a Word document its reader can edit: the news item's paragraphs and the workbook's tables,
 * with real headings and repeated table heads. The library is loaded when somebody asks, for it is larger
 * than all of ours together.
 */
export async function summaryDocx(
  report: PeriodReport,
  language: Language,
  pictures: Pictures = NO_PICTURES,
): Promise<Uint8Array<ArrayBuffer>> {
  const library: Docx = await import('docx');
  const { Document, HeadingLevel, Packer, Paragraph } = library;
  const words = SHEET_WORDS[language];
  const title = `${words.title}: ${periodName({ form: report.form, ...report.period }, language)}`;
  const document = new Document({
    title,
    creator: report.regionName,
    styles: { default: { document: { run: { font: FONT, size: 20 } } } },
    sections: [
      {
        properties: {
          page: { size: PAPER, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } },
        },
        footers: { default: footerOf(library, report, language) },
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }),
          new Paragraph({ text: `${words.centre}. ${report.regionName}` }),
          ...newsItem(report).map((text) => new Paragraph({ text: textOf(text), spacing: { before: 120 } })),
          ...exampleCases(library, report.examples, language, pictures),
          ...summaryBook(report, language).flatMap((sheet) => [
            new Paragraph({ text: sheet.name, heading: HeadingLevel.HEADING_2, spacing: { before: 240 } }),
            tableOf(library, sheet, language),
            ...(sheet.notes ?? []).map((text) => new Paragraph({ text, spacing: { before: 120 } })),
          ]),
          ...issueTexts(report, language).map((text) => new Paragraph({ text, spacing: { before: 120 } })),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

/** Which issue it is, if any, and the page of how many. */
function footerOf(
  { Footer, PageNumber, Paragraph, TextRun }: Docx,
  { issued, timeZone }: PeriodReport,
  language: Language,
): docx.Footer {
  const issue = issued === undefined ? '' : `${issueName(issued, timeZone, language)} · `;
  const run = new TextRun({ children: [issue, PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] });
  return new Footer({ children: [new Paragraph({ children: [run] })] });
}

/** Example cases: the text, and the photos beside each other in a line. */
function exampleCases(
  { Paragraph, TextRun, ImageRun, HeadingLevel }: Docx,
  examples: PeriodReport['examples'],
  language: Language,
  pictures: Pictures,
): readonly Paragraph[] {
  if (examples.length === 0) return [];
  const { examples: title, before, after } = FULL_WORDS[language];
  const image = (photo: Photo | null, label: string) => {
    const data = photo === null ? undefined : pictures.get(photo.hash);
    if (photo === null || data === undefined) return [];
    const scale = Math.min(PICTURE.width / photo.width, PICTURE.height / photo.height, 1);
    const size = { width: Math.round(photo.width * scale), height: Math.round(photo.height * scale) };
    const text = photo.caption === '' ? label : `${label}: ${photo.caption}`;
    const altText = { name: label, title: label, description: text };
    return [new ImageRun({ type: 'jpg', data, transformation: size, altText }), new TextRun(' ')];
  };
  return [
    new Paragraph({ text: title, heading: HeadingLevel.HEADING_2, spacing: { before: 240 } }),
    ...examples.flatMap((one) => {
      const images = [...image(one.before, before), ...image(one.after, after)];
      const told = [one.text, ...(one.author === '' ? [] : [one.author])].join('\n').split('\n');
      return [
        ...told.map((text) => new Paragraph({ text, spacing: { before: 80 }, keepNext: images.length > 0 })),
        ...(images.length === 0 ? [] : [new Paragraph({ children: images, spacing: { before: 80 } })]),
      ];
    }),
  ];
}

function tableOf(
  { Paragraph, Table, TableCell, TableRow, TextRun, WidthType, AlignmentType }: Docx,
  { rows, widths }: BookSheet,
  language: Language,
): Table {
  const columns = Math.max(...rows.map((row) => row.length));
  const isWide = columns >= TABLE_SIZE.wideFrom;
  const size = isWide ? TABLE_SIZE.wide : TABLE_SIZE.usual;
  const shares = widths.map((width) => (isWide ? Math.min(width, 24) : width));
  const total = shares.reduce((sum, width) => sum + width, 0);
  const cell = (value: BookCell | undefined, column: number, isHead: boolean) =>
    new TableCell({
      width: { size: Math.round(((shares[column] ?? 10) / total) * 100), type: WidthType.PERCENTAGE },
      children: [
        new Paragraph({
          alignment: typeof value === 'string' ? AlignmentType.LEFT : AlignmentType.RIGHT,
          children: [new TextRun({ text: shown(value ?? null, language), bold: isHead, size })],
        }),
      ],
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    margins: { left: CELL_MARGIN, right: CELL_MARGIN },
    rows: rows.map(
      (row, at) =>
        new TableRow({
          tableHeader: at === 0,
          cantSplit: true,
          children: Array.from({ length: columns }, (_, column) => cell(row[column], column, at === 0)),
        }),
    ),
  });
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A cell as a person reads it. */
function shown(cell: BookCell, language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return DAY.test(cell) ? shortDate(cell) : cell;
  if (typeof cell === 'number') return whole(cell, language);
  switch (cell.style) {
    case 'share':
      return percent(cell.value, language);
    case 'span':
      return formatDuration(cell.value * MINUTES_PER_DAY, language);
    case 'rate':
      return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(cell.value);
    default:
      return whole(cell.value, language);
  }
}
