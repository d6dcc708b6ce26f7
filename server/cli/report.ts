// npm run report -- --region R --month YYYY-MM [--format json|html] [--language ru|en] [--out FILE] [--data DIR]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { MonthReport } from '#shared/report/month.ts';
import { sheetPage } from '#shared/report/sheet.ts';
import type { Language } from '#shared/text/duration.ts';
import { diskError, StartupError } from '#server/process/startup-error.ts';
import { runCommand, say } from '#server/process/run-command.ts';
import { fontFace } from '#server/report/font-face.ts';
import { monthOf } from '#server/report/month-of.ts';
import { withDatabase } from './with-database.ts';

const USAGE =
  'npm run report -- --region R --month YYYY-MM [--format json|html] [--language ru|en] [--out FILE] [--data DIR]';

type Writer = (report: MonthReport, language: Language) => Promise<string>;

const FORMATS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['json', async (report) => `${JSON.stringify(report, null, 2)}\n`],
  ['html', async (report, language) => sheetPage(report, language, await fontFace())],
]);

const badUsage = (message: string): StartupError => new StartupError('bad_arguments', message, USAGE);

async function write(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(out, text);
  } catch (error) {
    throw diskError(error, out);
  }
  say(`Written: ${out}`);
}

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      region: { type: 'string' },
      month: { type: 'string' },
      format: { type: 'string', default: 'json' },
      language: { type: 'string', default: 'ru' },
      out: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const { region, month, format, language } = values;
  const writer = FORMATS.get(format);
  if (region === undefined || month === undefined) throw badUsage('Which region and which month?');
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw badUsage(`"${month}" is not a month.`);
  if (writer === undefined) throw badUsage(`No such format: "${format}".`);
  if (language !== 'ru' && language !== 'en') throw badUsage(`No such language: "${language}".`);
  await withDatabase(values.data, async ({ db }) => {
    const report = await monthOf(db, region, month, Date.now());
    if (report === null) throw badUsage(`There is no region "${region}".`);
    await write(await writer(report, language), values.out);
  });
});
