// npm run backup -- --out FILE [--data DIR]
import { backUp } from '#server/backup/back-up.ts';
import { diskError, StartupError } from '#server/process/startup-error.ts';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand, say } from '#server/process/run-command.ts';
import { withDatabase } from './with-database.ts';

const USAGE = 'npm run backup -- --out FILE.ndjson.gz [--data DIR]';

await runCommand(async () => {
  const { values } = commandLine({ options: { out: { type: 'string' }, data: { type: 'string' } } }, USAGE);
  const { out } = values;
  if (out === undefined) throw new StartupError('bad_arguments', 'Where is the backup to be written?', USAGE);
  say(`Writing a backup to ${out}`);
  await withDatabase(values.data, async ({ owner }) => {
    const done = await backUp(owner, out, Date.now(), (rows) => say(`${rows} rows written`)).catch(
      (error: unknown) => {
        throw diskError(error, out);
      },
    );
    process.stdout.write(`${JSON.stringify({ file: out, ...done })}\n`);
  });
});
