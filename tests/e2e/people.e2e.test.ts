import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXAMPLE_PASSWORDS } from '#shared/domain/password-rules.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, expectTruth, logIn, openConsole } from './harness/console.ts';
import { runScript, startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';

const OWN = 'сорок бочек мандаринов';
const OTHER = 'три вагона щебня до обеда';
const printed = z.looseObject({ login: z.string(), password: z.string() });

let server: RunningPult;
let chief: z.infer<typeof printed>;

beforeAll(async () => {
  server = await startServer({ isEmpty: true });
  chief = printed.parse(
    await command('region', 'add', 'tver', '--name', 'Тверская область', '--time-zone', 'Europe/Moscow'),
  );
});
afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

/** Runs a command beside the server on its folder; gives what it printed. */
async function command(script: string, ...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runScript(`server/cli/${script}.ts`, [
    ...args,
    '--data',
    server.dataDir,
  ]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Types a login and a password at the door; what comes then is for the test to see. */
async function knock({ page, t }: TestConsole, login: string, password: string): Promise<void> {
  await page.getByLabel(t('session.loginName')).fill(login);
  await page.getByLabel(t('session.password'), { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

async function choose({ page, t }: TestConsole, password: string, repeat = password): Promise<void> {
  await page.getByLabel(t('session.own.password'), { exact: true }).fill(password);
  await page.getByLabel(t('session.own.repeat')).fill(repeat);
  await page.keyboard.press('Enter');
}

test('an installation without the demo says in the terminal how a region is made', () => {
  expect(server.output()).toContain('npm run region -- add CODE');
  expect(server.output()).not.toContain('demo region');
});

test('the administrator of a bare region chooses a password and is at work, without a mouse', async () => {
  const console_ = await openConsole({ url: server.url });
  const { page, t } = console_;
  try {
    await knock(console_, chief.login, chief.password);
    await page.getByText(EXAMPLE_PASSWORDS.ru).waitFor();
    expect(await seriousViolations(console_)).toEqual([]);
    await choose(console_, 'коротко');
    await page.getByText(t('error.password_short')).waitFor();
    await choose(console_, OWN, OTHER);
    await page.getByText(t('session.own.differ')).waitFor();
    for (const common of ['Администратор Администратор', EXAMPLE_PASSWORDS.ru]) {
      await choose(console_, common);
      await page.getByText(t('error.password_common')).waitFor();
    }
    await choose(console_, OWN);
    await expectTruth(console_, t('truth.live'));
    await page.reload();
    await expectTruth(console_, t('truth.live'));
    expect(console_.troubles).toEqual([]);
  } finally {
    await console_.close();
  }
});

test('an operator is added, changes the password from the menu, and is let in anew after a reset', async () => {
  const added = printed.parse(
    await command('account', 'add', 'vera', '--name', 'Вера Лис', '--role', 'operator'),
  );
  const console_ = await openConsole({ url: server.url });
  const { page, t } = console_;
  try {
    await knock(console_, 'vera', added.password);
    await choose(console_, OWN);
    await expectTruth(console_, t('truth.live'));

    await page.getByRole('button', { name: 'Вера Лис' }).click();
    await page.getByRole('menuitem', { name: t('session.own.change') }).click();
    await page.getByLabel(t('session.own.current')).fill('не тот пароль');
    await choose(console_, OTHER);
    await page.getByText(t('error.wrong_password')).waitFor();
    await page.getByLabel(t('session.own.current')).fill(OWN);
    await choose(console_, OTHER);
    await page.getByText(t('session.own.done', { count: 0 })).waitFor();

    const again = printed.parse(await command('account', 'reset', 'vera'));
    await expectTruth(console_, t('truth.needsLogin'));
    await page
      .getByRole('alert')
      .getByRole('button', { name: t('session.login') })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('session.password'), { exact: true }).fill(again.password);
    await page.keyboard.press('Enter');
    await choose(console_, OWN);
    await expectTruth(console_, t('truth.live'));

    // From now on the password that was chosen opens the copy without a network, and no other does.
    await console_.context.setOffline(true);
    await page.getByRole('button', { name: 'Вера Лис' }).click();
    await page.getByRole('menuitem', { name: t('session.logout') }).click();
    await knock(console_, 'vera', again.password);
    await page.getByText(t('session.offline.wrong')).waitFor();
    await knock(console_, 'vera', OWN);
    await page.getByRole('button', { name: 'Вера Лис' }).waitFor();
    expect(console_.troubles).toEqual([]);
  } finally {
    await console_.close();
  }
});

test('the terminal lists people, closes an account and opens it, and keeps the last administrator', async () => {
  expect(await command('account', 'list')).toMatchObject({
    region: 'tver',
    accounts: [
      { login: chief.login, role: 'administrator', passwordIsTemporary: false },
      { login: 'vera', displayName: 'Вера Лис', isDisabled: false },
    ],
  });
  await command('account', 'disable', 'vera');
  const console_ = await openConsole({ url: server.url });
  try {
    await knock(console_, 'vera', OWN);
    await console_.page.getByText(console_.t('session.disabled')).waitFor();
    await command('account', 'enable', 'vera');
    await logIn(console_, { login: 'vera', password: OWN });
  } finally {
    await console_.close();
  }
  await expect(command('account', 'disable', chief.login)).rejects.toThrow(/last administrator/);
});
