// npm run backup -- --out FILE [--data DIR]
import { parseArgs } from 'node:util';
import { backUp } from '#server/backup/back-up.ts';
import { diskError, StartupError } from '#server/process/startup-error.ts';
import { runCommand } from '#server/process/run-command.ts';
import { withDatabase } from './with-database.ts';

const USAGE = 'npm run backup -- --out FILE.ndjson.gz [--data DIR]';

await runCommand(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' }, data: { type: 'string' } } });
  const { out } = values;
  if (out === undefined) throw new StartupError('bad_arguments', 'Where is the backup to be written?', USAGE);
  await withDatabase(values.data, async ({ owner }) => {
    const done = await backUp(owner, out, Date.now()).catch((error: unknown) => {
      throw diskError(error, out);
    });
    process.stdout.write(`${JSON.stringify({ file: out, ...done })}\n`);
  });
});
