// npm run region -- add CODE --name NAME --time-zone ZONE [--first-number N] [--data DIR]
// npm run region -- list [--data DIR]
import { randomBytes } from 'node:crypto';
import { FIRST_NUMBERS } from '#shared/domain/incident-number.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand } from '#server/process/run-command.ts';
import { StartupError } from '#server/process/startup-error.ts';
import { addRegion, regionCodes, type NewRegion } from '#server/store/add-region.ts';
import { withScope } from '#server/store/database.ts';
import { defaultReference } from '#server/sync/default-reference.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { withDatabase, type CommandDatabase } from './with-database.ts';

const USAGE = 'npm run region -- add CODE --name NAME --time-zone ZONE   or   npm run region -- list';

const { lowest, highest } = FIRST_NUMBERS;

const WHY = {
  bad_code: 'A code is up to 31 lower-case Latin letters, digits and hyphens.',
  bad_time_zone: 'A time zone is an IANA name, as Asia/Vladivostok.',
  bad_first_number: `The first number is a whole one from ${lowest} to ${highest}.`,
  exists: 'There is a region with this code already.',
} as const;

const badUsage = (message: string) => new StartupError('bad_arguments', message, USAGE);

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/**
 * A region nobody can enter is of no use: it comes with an administrator, whose password is shown this once;
 * nor is one without a calendar, deadlines and topics. Its agencies and routes are its own to add, or come
 * with its first import.
 */
async function add({ db, owner }: CommandDatabase, region: NewRegion): Promise<void> {
  const result = await addRegion(owner, region);
  if (result.kind === 'refused') throw badUsage(WHY[result.why]);
  await withScope(db, { region: region.code }, (tx) =>
    upsertReference(tx, region.code, defaultReference(region.timeZone)),
  );
  const login = `administrator-${region.code}`;
  const password = randomBytes(9).toString('base64url');
  const account = {
    login,
    password,
    displayName: 'Администратор',
    role: 'administrator',
    agency: null,
  } as const;
  await createAccount(db, region.code, account, Date.now());
  print({ region: region.code, name: region.name, timeZone: region.timeZone, login, password });
}

/** Nothing when it was not said; what is no number is none a region takes. */
const firstNumberOf = (value: string | undefined): Pick<NewRegion, 'firstNumber'> =>
  value === undefined ? {} : { firstNumber: /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN };

await runCommand(async () => {
  const options = {
    name: { type: 'string' },
    'time-zone': { type: 'string' },
    'first-number': { type: 'string' },
    data: { type: 'string' },
  } as const;
  const { values, positionals } = commandLine({ options, allowPositionals: true }, USAGE);
  const [verb, code] = positionals;
  const { name, 'time-zone': timeZone } = values;
  if (verb === 'list') {
    await withDatabase(values.data, async ({ owner }) => print({ regions: await regionCodes(owner) }));
  } else if (verb === 'add' && code !== undefined && name !== undefined && timeZone !== undefined) {
    await withDatabase(values.data, (database) =>
      add(database, { code, name, timeZone, ...firstNumberOf(values['first-number']) }),
    );
  } else {
    throw badUsage('Which region?');
  }
});
