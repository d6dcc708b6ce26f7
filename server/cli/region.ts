// npm run region -- add CODE --name NAME --time-zone ZONE [--first-number N] [--data DIR]
// npm run region -- list [--data DIR]
// npm run region -- rules CODE [--defer-days N] [--own-approval allowed|refused] [--copy-days N]
//   [--data DIR]
// npm run region -- put-back CODE [--data DIR]
import { FIRST_NUMBERS } from '#shared/domain/incident-number.ts';
import { regulationSchema } from '#shared/domain/regulation.ts';
import { COMMAND_LINE } from '#shared/protocol/audit.ts';
import { addAccount } from '#server/accounts/add-account.ts';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand } from '#server/process/run-command.ts';
import { StartupError } from '#server/process/startup-error.ts';
import { addRegion, regionCodes, type NewRegion } from '#server/store/add-region.ts';
import { withScope } from '#server/store/database.ts';
import { defaultReference } from '#server/sync/default-reference.ts';
import { changeRegulation } from '#server/sync/regulation.ts';
import { sayPutBack } from '#server/sync/put-back.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { BY, withDatabase, type CommandDatabase } from './with-database.ts';

const USAGE =
  'npm run region -- add CODE --name NAME --time-zone ZONE   or   npm run region -- list   or   ' +
  'npm run region -- rules CODE --defer-days N --own-approval allowed|refused --copy-days N   or   ' +
  'npm run region -- put-back CODE; each with --data DIR where the installation lies elsewhere';

const { lowest, highest } = FIRST_NUMBERS;

const WHY = {
  bad_code: 'A code is up to 31 lower-case Latin letters, digits and hyphens.',
  bad_time_zone: 'A time zone is an IANA name, as Asia/Vladivostok.',
  bad_first_number: `The first number is a whole one from ${lowest} to ${highest}.`,
  exists: 'There is a region with this code already.',
} as const;

const WRONG_RULES =
  '--defer-days is a whole number from 1 to 366, --copy-days one from 1 to 365, ' +
  '--own-approval is allowed or refused.';

const badUsage = (message: string) => new StartupError('bad_arguments', message, USAGE);

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/**
 * A region nobody can enter is of no use: it comes with an administrator, whose one-time password is shown;
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
  const newcomer = { login, displayName: 'Администратор', role: 'administrator', agency: null } as const;
  const added = await addAccount(db, { region: region.code, ...BY }, newcomer, Date.now());
  if (added.kind === 'refused')
    throw badUsage(
      `The region is made, its administrator is not (${added.why}): npm run account -- add LOGIN ` +
        `--name NAME --role administrator --region ${region.code}`,
    );
  const { password } = added;
  print({ region: region.code, name: region.name, timeZone: region.timeZone, login, password });
}

/** Nothing when it was not said; what is no number is none a region takes. */
const firstNumberOf = (value: string | undefined): Pick<NewRegion, 'firstNumber'> =>
  value === undefined ? {} : { firstNumber: /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN };

/** Null, which no rule takes, for what is no number of days. */
const daysOf = (said: string): number | null => (/^\d{1,3}$/.test(said) ? Number(said) : null);

/** Only those rules that were said. */
const rulesOf = (deferDays?: string, ownApproval?: string, copyDays?: string) => ({
  ...(deferDays !== undefined && { deferDays: daysOf(deferDays) }),
  ...(ownApproval !== undefined && { ownApproval }),
  ...(copyDays !== undefined && { copyDays: daysOf(copyDays) }),
});

/** Changes the rules that were said, and prints all of them. */
async function setRules({ db, owner }: CommandDatabase, code: string, rules: object): Promise<void> {
  if (!(await regionCodes(owner)).includes(code)) throw badUsage(`There is no region ${code}.`);
  if (!regulationSchema.partial().safeParse(rules).success) throw badUsage(WRONG_RULES);
  const all = await withScope(db, { region: code }, (tx) =>
    changeRegulation(tx, code, { ...rules }, { by: COMMAND_LINE, now: Date.now() }),
  );
  print({ region: code, ...all });
}

/** For an administrator who put the database back: no console may be left that would notice it. */
async function putBack({ db }: CommandDatabase, code: string): Promise<void> {
  const now = Date.now();
  if (!(await sayPutBack(db, code, COMMAND_LINE, now))) throw badUsage(`There is no region ${code}.`);
  print({ region: code, putBackAt: now });
}

await runCommand(async () => {
  const options = {
    name: { type: 'string' },
    'time-zone': { type: 'string' },
    'first-number': { type: 'string' },
    'defer-days': { type: 'string' },
    'own-approval': { type: 'string' },
    'copy-days': { type: 'string' },
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
  } else if (verb === 'rules' && code !== undefined) {
    const rules = rulesOf(values['defer-days'], values['own-approval'], values['copy-days']);
    await withDatabase(values.data, (database) => setRules(database, code, rules));
  } else if (verb === 'put-back' && code !== undefined) {
    await withDatabase(values.data, (database) => putBack(database, code));
  } else {
    throw badUsage('Which region?');
  }
});
