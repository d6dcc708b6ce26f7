import type * as docx from 'docx';
import type { Paragraph } from 'docx';
import { armsUrl } from '#shared/domain/arms.ts';
import { NO_PICTURES, type Photo, type Pictures } from '#shared/domain/photo.ts';
import type { Language } from '#shared/text/duration.ts';
import { textOf } from '#shared/text/html.ts';
import { FULL_WORDS } from './full-words.ts';
import { issueName, issueTexts } from './issue-mark.ts';
import { headOf } from './letterhead.ts';
import { newsItem } from './news-item.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { periodName } from './period-name.ts';
import { SHEET_WORDS } from './sheet-words.ts';
import { docxTable } from './docx-table.ts';
import { summaryTables } from './summary-book.ts';

type Docx = typeof docx;

/** A4 in twentieths of a point, and margins of 20 mm. */
const PAPER = { width: 11_906, height: 16_838 } as const;
const MARGIN = 1134;
const FONT = 'Arial';
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
          ...armsParagraph(library, report),
          new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }),
          new Paragraph({ text: `${headOf(report, language)}. ${report.regionName}` }),
          ...newsItem(report).map((text) => new Paragraph({ text: textOf(text), spacing: { before: 120 } })),
          ...exampleCases(library, report.examples, language, pictures),
          ...summaryTables(report, language, 'document').flatMap((table) => [
            new Paragraph({ text: table.name, heading: HeadingLevel.HEADING_2, spacing: { before: 240 } }),
            docxTable(library, table, language),
            ...table.notes.map((text) => new Paragraph({ text, spacing: { before: 120 } })),
          ]),
          ...signatureParagraph(library, report),
          ...issueTexts(report, language).map((text) => new Paragraph({ text, spacing: { before: 120 } })),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

/** Height of a coat of arms in pixels of 96 to the inch: 18 mm. */
const ARMS_HEIGHT = 68;

/** The coat of arms above the title. */
function armsParagraph(
  { Paragraph, ImageRun }: Docx,
  { letterhead }: Pick<PeriodReport, 'letterhead'>,
): readonly Paragraph[] {
  const arms = letterhead?.arms;
  if (arms === undefined) return [];
  const width = Math.max(1, Math.round((arms.width / arms.height) * ARMS_HEIGHT));
  const image = new ImageRun({
    type: arms.type === 'image/png' ? 'png' : 'jpg',
    data: armsUrl(arms),
    transformation: { width, height: ARMS_HEIGHT },
  });
  return [new Paragraph({ children: [image] })];
}

/** Who signs: the post on the left, the name on the right, room for the hand between. */
function signatureParagraph(
  { Paragraph, TextRun, Tab, TabStopType }: Docx,
  { letterhead }: Pick<PeriodReport, 'letterhead'>,
): readonly Paragraph[] {
  const signatory = letterhead?.signatory;
  if (signatory === undefined) return [];
  const run = new TextRun({ children: [signatory.post, new Tab(), signatory.name] });
  const tabStops = [{ type: TabStopType.RIGHT, position: PAPER.width - 2 * MARGIN }];
  return [new Paragraph({ children: [run], tabStops, spacing: { before: 600 }, keepLines: true })];
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
    ...examples.flatMap((example) => {
      const images = [...image(example.before, before), ...image(example.after, after)];
      const lines = [example.text, ...(example.author === '' ? [] : [example.author])].join('\n').split('\n');
      return [
        ...lines.map((text) => new Paragraph({ text, spacing: { before: 80 }, keepNext: images.length > 0 })),
        ...(images.length === 0 ? [] : [new Paragraph({ children: images, spacing: { before: 80 } })]),
      ];
    }),
  ];
}
