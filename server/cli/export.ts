// npm run export -- --region R --out FILE.xlsx|csv [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--data DIR]
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { UnreadIncident } from '#shared/exchange/export-row.ts';
import { TABLE_FORMATS, type TableFormat } from '#shared/exchange/table-write.ts';
import { COMMAND_LINE } from '#shared/protocol/audit.ts';
import { auditAlone } from '#server/accounts/audit.ts';
import { exportRange } from '#server/exchange/export-range.ts';
import { exportTable } from '#server/exchange/export-table.ts';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand, say } from '#server/process/run-command.ts';
import { diskError, StartupError } from '#server/process/startup-error.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { withDatabase } from './with-database.ts';

const USAGE =
  'npm run export -- --region R --out FILE.xlsx|csv [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--data DIR]';

const badUsage = (message: string): StartupError => new StartupError('bad_arguments', message, USAGE);

const formatOf = (path: string): TableFormat | undefined =>
  TABLE_FORMATS.find((format) => path.toLowerCase().endsWith(`.${format}`));

async function zoneOf(db: Database, region: string): Promise<string> {
  const found = await withScope(db, { region }, (tx) =>
    tx.selectFrom('region').select('time_zone').where('region_id', '=', region).executeTakeFirst(),
  );
  if (found === undefined) throw badUsage(`There is no region "${region}".`);
  return found.time_zone;
}

/** Written beside and renamed, so that a file with this name is always a whole one. */
async function writeWhole(bytes: AsyncIterable<Uint8Array>, out: string): Promise<void> {
  const draft = `${out}.part`;
  try {
    await pipeline(bytes, createWriteStream(draft));
    await rename(draft, out);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw diskError(error, out);
  }
}

await runCommand(async () => {
  const text = { type: 'string' } as const;
  const { values } = commandLine(
    { options: { region: text, out: text, from: text, to: text, data: text } },
    USAGE,
  );
  const { region, out } = values;
  if (region === undefined || out === undefined) throw badUsage('Which region, and into which file?');
  const format = formatOf(out);
  if (format === undefined) throw badUsage('The file must end in .xlsx or .csv.');
  await withDatabase(values.data, async ({ db }) => {
    const range = exportRange(await zoneOf(db, region), values.from, values.to);
    if (range === null) throw badUsage('Days are written YYYY-MM-DD.');
    let rows = 0;
    const onProgress = (count: number): void => {
      rows = count;
      if (count % 10_000 === 0) say(`${count} rows written`);
    };
    const cut: { row: number; column: string }[] = [];
    const onCut = (row: number, column: string): void => {
      say(`row ${row}, «${column}»: the text is cut, an xlsx holds 32,767 characters; a csv holds all of it`);
      cut.push({ row, column });
    };
    const unread: UnreadIncident[] = [];
    const onUnread = (named: UnreadIncident): void => {
      const name = named.number ?? 'without a number';
      say(`incident ${name} (${named.id}) cannot be read: only its name is written`);
      unread.push(named);
    };
    const job = { region, format, ...range, onProgress, onCut, onUnread };
    const bytes = await exportTable(db, job, Date.now());
    if (bytes === null) throw badUsage(`There is no region "${region}".`);
    await writeWhole(bytes, out);
    const detail = { format, from: values.from ?? null, to: values.to ?? null, rows };
    const line = { at: Date.now(), actor: COMMAND_LINE, action: 'export', address: '', detail } as const;
    await auditAlone(db, region, line);
    process.stdout.write(`${JSON.stringify({ region, rows, out, cut, unread })}\n`);
  });
});
