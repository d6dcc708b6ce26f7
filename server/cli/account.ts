// npm run account -- dismiss LOGIN [--data DIR]
// npm run account -- readmit LOGIN [--data DIR]
import { sql } from 'kysely';
import { dismissAccount, forgetDevices } from '#server/accounts/dismiss-account.ts';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand } from '#server/process/run-command.ts';
import { StartupError } from '#server/process/startup-error.ts';
import { withDatabase, type CommandDatabase } from './with-database.ts';

const USAGE = 'npm run account -- dismiss LOGIN   or   npm run account -- readmit LOGIN';

interface Found {
  readonly region_id: string;
  readonly account_id: string;
}

async function settle({ db }: CommandDatabase, login: string, isDismissed: boolean): Promise<void> {
  const { rows } = await sql<Found>`select region_id, account_id from account_for_login(${login})`.execute(
    db,
  );
  const [found] = rows;
  if (found === undefined) throw new StartupError('bad_arguments', `Nobody logs in as "${login}".`, USAGE);
  const { region_id: region, account_id: account } = found;
  const by = { by: 'command line', address: '' };
  await dismissAccount(db, { region, account, isDismissed, ...by }, Date.now());
  if (isDismissed) await forgetDevices(db, region, account);
  process.stdout.write(`${JSON.stringify({ region, account, login, isDismissed })}\n`);
}

await runCommand(async () => {
  const options = { data: { type: 'string' } } as const;
  const { values, positionals } = commandLine({ options, allowPositionals: true }, USAGE);
  const [verb, login] = positionals;
  if ((verb !== 'dismiss' && verb !== 'readmit') || login === undefined)
    throw new StartupError('bad_arguments', 'Which account?', USAGE);
  await withDatabase(values.data, (database) => settle(database, login, verb === 'dismiss'));
});
