// npm run restore -- FILE [--data DIR]
import { parseArgs } from 'node:util';
import { restore } from '#server/backup/restore.ts';
import { StartupError } from '#server/process/startup-error.ts';
import { runCommand } from '#server/process/run-command.ts';
import { withDatabase } from './with-database.ts';

const USAGE = 'npm run restore -- FILE.ndjson.gz [--data DIR]';

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { data: { type: 'string' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined) throw new StartupError('bad_arguments', 'Which backup?', USAGE);
  await withDatabase(values.data, async ({ owner }) => {
    process.stdout.write(`${JSON.stringify({ file, ...(await restore(owner, file)) })}\n`);
  });
});
