// npm run account -- add LOGIN --name NAME --role ROLE [--agency AGENCY] [--region CODE] [--data DIR]
// npm run account -- reset|disable|enable|forget LOGIN [--data DIR]
// npm run account -- list [--region CODE] [--data DIR]
import type { AccountTrouble } from '#shared/domain/account-rules.ts';
import { ROLES, type Role } from '#shared/domain/actor.ts';
import { LOGIN_LENGTH } from '#shared/domain/login-name.ts';
import { isCarriedOut, type ActOutcome, type CarriedOut } from '#server/accounts/account-refusal.ts';
import { addAccount } from '#server/accounts/add-account.ts';
import { dismissAccount } from '#server/accounts/dismiss-account.ts';
import { findAccount } from '#server/accounts/find-account.ts';
import { listAccounts } from '#server/accounts/list-accounts.ts';
import { orderForgetting } from '#server/accounts/order-forgetting.ts';
import { resetPassword } from '#server/accounts/reset-password.ts';
import { resetFactor } from '#server/second-factor/reset.ts';
import { commandLine } from '#server/process/command-line.ts';
import { runCommand } from '#server/process/run-command.ts';
import { StartupError } from '#server/process/startup-error.ts';
import { regionCodes } from '#server/store/add-region.ts';
import { BY, withDatabase, type CommandDatabase } from './with-database.ts';

const USAGE =
  'npm run account -- add LOGIN --name NAME --role ROLE [--agency AGENCY] [--region CODE]; ' +
  'reset LOGIN; disable LOGIN; enable LOGIN; forget LOGIN; list [--region CODE]';

const WHY: Readonly<Record<AccountTrouble, string>> = {
  login_length: `A login has from ${LOGIN_LENGTH.shortest} to ${LOGIN_LENGTH.longest} characters.`,
  login_letters: 'A login begins with a Latin letter or a digit and has only these and . _ - @ in it.',
  login_taken: 'Somebody logs in under this name.',
  login_alike: 'Somebody logs in under a name that looks the same.',
  name_length: 'A name has from 1 to 200 characters.',
  agency_missing: 'An executor is of an agency: --agency AGENCY.',
  agency_unknown: 'There is no such agency in the region; agencies go by their ids.',
  agency_needless: 'Only an executor is of an agency.',
  municipality_unknown: 'There is no such municipality in the region.',
  last_administrator: 'This is the last administrator of the region: nobody could let anybody in again.',
  oneself: 'Nobody does this to their own account.',
  changed_meanwhile: 'Somebody has changed this person meanwhile.',
};

const options = {
  name: { type: 'string' },
  role: { type: 'string' },
  agency: { type: 'string' },
  region: { type: 'string' },
  data: { type: 'string' },
} as const;

interface Flags {
  readonly name?: string | undefined;
  readonly role?: string | undefined;
  readonly agency?: string | undefined;
  readonly region?: string | undefined;
}

type Verb = (database: CommandDatabase, login: string, flags: Flags) => Promise<object>;

const badUsage = (message: string) => new StartupError('bad_arguments', message, USAGE);

function carriedOut<T extends ActOutcome>(result: T): CarriedOut<T> {
  if (isCarriedOut(result)) return result;
  throw badUsage(result.why === undefined ? 'There is no such account.' : WHY[result.why]);
}

/** The region that was named; the only one, when none was. */
async function regionOf({ owner }: CommandDatabase, { region }: Flags): Promise<string> {
  const codes = await regionCodes(owner);
  const [only] = codes;
  if (region === undefined && codes.length === 1 && only !== undefined) return only;
  if (region !== undefined && codes.includes(region)) return region;
  throw badUsage(
    region === undefined
      ? `Which region? There are: ${codes.join(', ') || 'none yet'}.`
      : `There is no region "${region}".`,
  );
}

async function accountOf(
  { db }: CommandDatabase,
  login: string,
): Promise<{ region: string; account: string }> {
  const found = await findAccount(db, login);
  if (found === undefined) throw badUsage(`Nobody logs in as "${login}".`);
  return { region: found.region_id, account: found.account_id };
}

const isRole = (role: string | undefined): role is Role => ROLES.some((known) => known === role);

const add: Verb = async (database, login, flags) => {
  const { name = '', role, agency = null } = flags;
  if (!isRole(role)) throw badUsage(`Which role? One of ${ROLES.join(', ')}.`);
  const region = await regionOf(database, flags);
  const newcomer = { login, displayName: name.trim(), role, agency };
  const added = await addAccount(database.db, { region, ...BY }, newcomer, Date.now());
  const { id, password } = carriedOut(added);
  return { region, account: id, login, role, agency, password };
};

const reset: Verb = async (database, login) => {
  const found = await accountOf(database, login);
  const { password } = carriedOut(await resetPassword(database.db, { ...found, ...BY }, Date.now()));
  // Whoever resets at the machine itself helps somebody who has lost everything.
  await resetFactor(database.db, { ...found, ...BY }, Date.now());
  return { ...found, login, password };
};

const settle =
  (isDismissed: boolean): Verb =>
  async (database, login) => {
    const found = await accountOf(database, login);
    carriedOut(await dismissAccount(database.db, { ...found, isDismissed, ...BY }, Date.now()));
    return { ...found, login, isDisabled: isDismissed };
  };

const forget: Verb = async (database, login) => {
  const found = await accountOf(database, login);
  await orderForgetting(database.db, { ...found, ...BY }, Date.now());
  return { ...found, login, isForgettingOrdered: true };
};

const VERBS: Readonly<Record<string, Verb>> = {
  add,
  reset,
  disable: settle(true),
  enable: settle(false),
  forget,
};

await runCommand(async () => {
  const { values, positionals } = commandLine({ options, allowPositionals: true }, USAGE);
  const [verb = '', login] = positionals;
  const { data, ...flags } = values;
  const print = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (verb === 'list') {
    await withDatabase(data, async (database) => {
      const region = await regionOf(database, flags);
      print({ region, accounts: await listAccounts(database.db, region, Date.now()) });
    });
  } else if (run !== undefined && login !== undefined) {
    await withDatabase(data, async (database) => print(await run(database, login, flags)));
  } else {
    throw badUsage('What is to be done, and whose account is it?');
  }
});
