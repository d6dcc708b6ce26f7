import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '#shared/domain/instant.ts';
import { createAccount, type NewAccount } from '#server/accounts/create-account.ts';
import { makeFolder } from '#server/process/make-folder.ts';
import { diskError } from '#server/process/startup-error.ts';
import type { Database } from '#server/store/database.ts';

/**
 * The staff of the demo region: one of every role, two operators. Ids are fixed, so that the demo's history
 * can name them.
 */
export const DEMO_STAFF: readonly (Omit<NewAccount, 'password'> & { readonly id: string })[] = [
  { id: 'operator', login: 'operator', displayName: 'Анна Ким', role: 'operator', agency: null },
  { id: 'operator2', login: 'operator2', displayName: 'Олег Рябов', role: 'operator', agency: null },
  { id: 'approver', login: 'approver', displayName: 'Мария Левина', role: 'approver', agency: null },
  {
    id: 'executor',
    login: 'executor',
    displayName: 'Сергей Юдин',
    role: 'executor',
    agency: 'meriya-birobidzhan',
  },
  { id: 'observer', login: 'observer', displayName: 'Ирина Соколова', role: 'observer', agency: null },
  {
    id: 'administrator',
    login: 'administrator',
    displayName: 'Пётр Зайцев',
    role: 'administrator',
    agency: null,
  },
];

/** Gives the path of the file that holds the demo region's logins. */
export const demoAccountsPath = (dataDir: string): string => join(dataDir, 'demo-accounts.json');

/**
 * Makes the demo accounts with passwords of this installation's own; they are written to demo-accounts.json,
 * for its owner only.
 */
export async function createDemoAccounts(
  db: Database,
  region: string,
  dataDir: string,
  now: Instant,
): Promise<void> {
  const accounts = DEMO_STAFF.map((person) => ({
    ...person,
    password: randomBytes(9).toString('base64url'),
  }));
  for (const account of accounts) await createAccount(db, region, account, now);
  const path = demoAccountsPath(dataDir);
  const list = accounts.map(({ login, password, role }) => ({ login, password, role }));
  makeFolder(dataDir);
  try {
    writeFileSync(path, `${JSON.stringify(list, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw diskError(error, path);
  }
}
