// npm run restore -- FILE [--data DIR]
import { restoreBackup } from '#server/backup/restore.ts';
import { StartupError } from '#server/process/startup-error.ts';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand, say } from '#server/process/run-command.ts';
import { withDatabase } from './with-database.ts';

const USAGE = 'npm run restore -- FILE.ndjson.gz [--data DIR]';

await runCommand(async () => {
  const { values, positionals } = commandLine(
    {
      options: { data: { type: 'string' } },
      allowPositionals: true,
    },
    USAGE,
  );
  const [file] = positionals;
  if (file === undefined) throw new StartupError('bad_arguments', 'Which backup?', USAGE);
  say(`Restoring ${file}: all of it or nothing, so it may be interrupted`);
  await withDatabase(values.data, async ({ owner }) => {
    const restored = await restoreBackup(owner, file, Date.now(), (rows) => say(`${rows} rows read`));
    process.stdout.write(`${JSON.stringify({ file, ...restored })}\n`);
  });
});
