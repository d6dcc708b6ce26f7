// npm run report -- --region R --month YYYY-MM | --week|--quarter|--year DATE | --from DATE --to DATE
// [--format json|html|pdf|xlsx|docx] [--full | --note | --news] [--issued N] [--language ru|en] [--out FILE]
// [--data DIR]
import { writeFile } from 'node:fs/promises';
import { photosOfExamples } from '#shared/domain/example.ts';
import type { Pictures } from '#shared/domain/photo.ts';
import { dayOfDate } from '#shared/domain/time-zone.ts';
import { isReportable, periodAround, type Period, type ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { readReportText, reportText } from '#shared/report/summary/report-text.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import { summaryDocx } from '#shared/report/paper/summary-docx.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import { sheetPage, type SheetSize } from '#shared/report/paper/sheet.ts';
import type { Language } from '#shared/text/duration.ts';
import { diskError, StartupError } from '#server/process/startup-error.ts';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand, say } from '#server/process/run-command.ts';
import { picturesOf } from '#server/photos/photo-store.ts';
import { pdfOf } from '#server/report/pdf.ts';
import { fontFace } from '#server/report/font-face.ts';
import { isIntact, readIssue } from '#server/report/issues.ts';
import { reportOf } from '#server/report/report-of.ts';
import type { Database } from '#server/store/database.ts';
import { withDatabase } from './with-database.ts';

const USAGE =
  'npm run report -- --region R --month YYYY-MM | --week|--quarter|--year DATE | --from DATE --to DATE ' +
  '[--format json|html|pdf|xlsx|docx] [--full | --note | --news] [--issued N] [--language ru|en] [--out ' +
  'FILE] [--data DIR]';

type Writer = (
  report: PeriodReport,
  language: Language,
  size: SheetSize,
  pictures: Pictures,
) => Promise<string | Uint8Array>;

const FORMATS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['json', async (report) => reportText(report)],
  ['html', async (report, language, ...rest) => sheetPage(report, language, await fontFace(), ...rest)],
  ['pdf', async (report, language, ...rest) => pdfOf(sheetPage(report, language, await fontFace(), ...rest))],
  ['docx', async (report, language, _size, pictures) => summaryDocx(report, language, pictures)],
  ['xlsx', async (report, language) => writeWorkbook(summaryBook(report, language))],
]);

const SIZES = ['full', 'note', 'news'] as const;

const badUsage = (message: string): StartupError => new StartupError('bad_arguments', message, USAGE);

async function write(content: string | Uint8Array, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(content);
    return;
  }
  try {
    await writeFile(out, content);
  } catch (error) {
    throw diskError(error, out);
  }
  say(`Written: ${out}`);
}

/**
 * `--month 2022-01`, `--week 2022-01-10`, `--quarter 2022-01-01`, `--year 2022-01-01` (any day in it), or
 * `--from` and `--to`.
 */
function requestOf(
  values: Readonly<Partial<Record<'month' | 'from' | 'to' | 'week' | 'quarter' | 'year', string>>>,
): (zone: string) => ReportRequest {
  const { month, from, to } = values;
  const form = (['week', 'quarter', 'year'] as const).find((name) => values[name] !== undefined);
  const around = form === undefined ? undefined : values[form];
  if (month !== undefined) {
    if (!/^\d{4}-\d{2}$/.test(month) || dayOfDate(`${month}-01`) === null)
      throw badUsage(`"${month}" is not a month.`);
    return (zone) => ({ form: 'month', ...daysOf(periodAround('month', `${month}-01`, zone)) });
  }
  if (form !== undefined && around !== undefined) {
    if (dayOfDate(around) === null) throw badUsage(`"${around}" is not a date.`);
    return (zone) => ({ form, ...daysOf(periodAround(form, around, zone)) });
  }
  if (from === undefined || to === undefined) throw badUsage('Which period?');
  for (const date of [from, to]) if (dayOfDate(date) === null) throw badUsage(`"${date}" is not a date.`);
  if (to < from) throw badUsage(`${to} comes before ${from}.`);
  return () => ({ form: 'custom', from, to });
}

/** The same request, unless no summary speaks of its days. */
function reportable(request: (zone: string) => ReportRequest): (zone: string) => ReportRequest {
  if (isReportable(request('UTC'))) return request;
  throw badUsage('Summaries are made of 2000 to 2099.');
}

/** A summary and its JSON: as it is now, or to the character as it was issued. */
interface Made {
  readonly report: PeriodReport;
  readonly text: string;
}

async function madeNow(
  db: Database,
  region: string,
  request: (zone: string) => ReportRequest,
): Promise<Made> {
  const report = await reportOf(db, region, request, Date.now());
  if (report === null) throw badUsage(`There is no region "${region}".`);
  return { report, text: reportText(report) };
}

async function asIssued(db: Database, region: string, period: ReportRequest, number: string): Promise<Made> {
  const found = /^[1-9]\d{0,5}$/.test(number) ? await readIssue(db, region, period, Number(number)) : null;
  if (found === null) throw badUsage(`There is no issue "${number}" of that period in "${region}".`);
  if (!isIntact(found))
    throw new StartupError(
      'damaged',
      `Issue ${number} does not fit its checksum.`,
      'Restore a backup into an empty folder and take it from there: npm run restore -- FILE --data DIR.',
    );
  return { report: readReportText(found.body, found.issue), text: found.body };
}

const daysOf = ({ from, to }: Period): Pick<Period, 'from' | 'to'> => ({ from, to });

await runCommand(async () => {
  const option = { type: 'string' } as const;
  const { values } = commandLine(
    {
      options: {
        region: option,
        month: option,
        week: option,
        quarter: option,
        year: option,
        from: option,
        to: option,
        format: { type: 'string', default: 'json' },
        language: { type: 'string', default: 'ru' },
        full: { type: 'boolean', default: false },
        note: { type: 'boolean', default: false },
        news: { type: 'boolean', default: false },
        issued: option,
        out: option,
        data: option,
      },
    },
    USAGE,
  );
  const { region, format, language, issued } = values;
  const writer = FORMATS.get(format);
  if (region === undefined) throw badUsage('Which region?');
  const request = reportable(requestOf(values));
  if (writer === undefined) throw badUsage(`No such format: "${format}".`);
  if (language !== 'ru' && language !== 'en') throw badUsage(`No such language: "${language}".`);
  await withDatabase(values.data, async ({ db }) => {
    // The days of a period are the same in every zone.
    const { report, text } =
      issued === undefined
        ? await madeNow(db, region, request)
        : await asIssued(db, region, request('UTC'), issued);
    const pictures = await picturesOf(db, region, photosOfExamples(report.examples));
    const size = SIZES.find((name) => values[name]) ?? 'short';
    await write(format === 'json' ? text : await writer(report, language, size, pictures), values.out);
  });
});
