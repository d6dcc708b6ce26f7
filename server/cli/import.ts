// npm run import -- FILE.xlsx|csv --region R [--sheet NAME] [--read 'COLUMN: WORD = MEANING']… [--language
// ru|en] [--data DIR]
import { basename } from 'node:path';
import type { ColumnKey } from '#shared/exchange/columns.ts';
import { columnKeyOf } from '#shared/exchange/header-map.ts';
import type { Readings } from '#shared/exchange/read-row.ts';
import { COMMAND_LINE } from '#shared/protocol/audit.ts';
import { importFile, type ImportSummary } from '#server/exchange/import-file.ts';
import type { ImportCounts } from '#server/exchange/import-tally.ts';
import { NotAFile, openFileSource, type FileSource } from '#server/exchange/file-source.ts';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand, say } from '#server/process/run-command.ts';
import { errorCode, StartupError } from '#server/process/startup-error.ts';
import { withDatabase } from './with-database.ts';

const USAGE =
  "npm run import -- FILE.xlsx|csv --region R [--sheet NAME] [--read 'COLUMN: " +
  "WORD = MEANING']… [--language ru|en] [--data DIR]";

const badUsage = (message: string): StartupError => new StartupError('bad_arguments', message, USAGE);

async function openFile(path: string): Promise<FileSource> {
  try {
    return await openFileSource(path);
  } catch (error) {
    if (error instanceof NotAFile) throw badUsage(`${path} is a folder or a device, not a file.`);
    throw badUsage(`The file ${path} cannot be read: ${errorCode(error) || String(error)}.`);
  }
}

/** «Текущий шаг инцидента: На доработке = В работе»: how a cell that means nothing to us is to be read. */
function readingsOf(lines: readonly string[]): Readings {
  const readings: Partial<Record<ColumnKey, Record<string, string>>> = {};
  for (const line of lines) {
    const [, header = '', word = '', meaning = ''] = /^([^:]+):(.*)=([^=]*)$/.exec(line) ?? [];
    const key = columnKeyOf(header);
    if (key === null) throw badUsage(`--read names no column of the registry: "${line}".`);
    (readings[key] ??= {})[word.trim()] = meaning.trim();
  }
  return readings;
}

/** A line of progress every so many rows. */
const TELL_EVERY = 10_000;

function teller(): (counts: ImportCounts) => void {
  let lastTold = 0;
  return ({ read }) => {
    if (read < lastTold + TELL_EVERY) return;
    lastTold = read;
    say(`${read} rows read`);
  };
}

/** Standard output belongs to the result: exactly one line of JSON. */
function print(summary: ImportSummary): void {
  const { refused, warnings, isReadable, ...rest } = summary;
  for (const { message } of [...refused.slice(0, 100), ...warnings.slice(0, 100)]) say(message);
  process.stdout.write(`${JSON.stringify({ ...rest, refused, warnings })}\n`);
  // A file that cannot be read to its end is a failed command; rows that were refused are an answer.
  if (!isReadable || rest.isCut) process.exitCode = 1;
}

await runCommand(async () => {
  const options = {
    region: { type: 'string' },
    sheet: { type: 'string' },
    read: { type: 'string', multiple: true, default: [] as string[] },
    language: { type: 'string', default: 'ru' },
    data: { type: 'string' },
  } as const;
  const { values, positionals } = commandLine({ options, allowPositionals: true }, USAGE);
  const [path] = positionals;
  const { region, language } = values;
  if (path === undefined || region === undefined) throw badUsage('Which file, and into which region?');
  if (language !== 'ru' && language !== 'en') throw badUsage(`No such language: "${language}".`);
  const readings = readingsOf(values.read);
  const source = await openFile(path);
  await withDatabase(values.data, async ({ db }) => {
    const job = {
      region,
      source,
      fileName: basename(path),
      actor: COMMAND_LINE,
      origin: { address: '' },
      language,
      readings,
      ...(values.sheet === undefined ? {} : { sheet: values.sheet }),
      onProgress: teller(),
    } as const;
    const summary = await importFile(db, job, Date.now());
    if (summary === null) throw badUsage(`There is no region "${region}".`);
    print(summary);
  });
  await source.close();
});
