import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXAMPLE_PASSWORDS } from '#shared/domain/password-rules.ts';
import { codeOfStep, stepAt } from '#server/second-factor/totp.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, expectAllSent, expectTruth, logIn, openConsole } from './harness/console.ts';
import { runScript, startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';

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

/** Reads the key off the page and types the code that an application would show. */
async function typeCode({ page, t }: TestConsole, drift = 0): Promise<void> {
  const shown = await page.getByText(/^(?:[A-Z2-7]{4} ?){8}$/).innerText();
  const bits = Array.from(shown.replaceAll(/\s/g, ''), (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  await page
    .getByRole('textbox', { name: t('secondFactor.code'), exact: true })
    .fill(codeOfStep(key, stepAt(Date.now()) + drift));
  await page.keyboard.press('Enter');
}

let key: Buffer;

test('a second step of login is set up by choice, then demanded of a role, without a mouse', async () => {
  const console_ = await openConsole({ url: server.url });
  const { page, t } = console_;
  const leave = async (name: string): Promise<void> => {
    await page.getByRole('button', { name }).click();
    await page.getByRole('menuitem', { name: t('session.logout') }).click();
    await page.getByLabel(t('session.loginName')).waitFor();
  };
  try {
    await knock(console_, chief.login, OWN);
    await expectTruth(console_, t('truth.live'));
    await page.goto(`${server.url}/sessions`);
    await page.getByText(t('secondFactor.isOff')).waitFor();
    await until(
      'it can be turned on',
      () => page.getByRole('button', { name: t('secondFactor.act.begin') }).isEnabled(),
      Boolean,
    );
    expect(await seriousViolations(console_)).toEqual([]);
    await page.getByRole('button', { name: t('secondFactor.act.begin') }).press('Enter');
    await page.keyboard.type(OWN);
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: t('secondFactor.qr') }).waitFor();
    expect(await seriousViolations(console_)).toEqual([]);
    await page.getByRole('textbox', { name: t('secondFactor.code'), exact: true }).fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText(t('error.second_factor_wrong')).waitFor();
    await typeCode(console_);
    await page.getByText(t('secondFactor.sparesHint')).waitFor();
    const spare = await page
      .locator('li')
      .filter({ hasText: /^[a-z2-9]{5}-[a-z2-9]{5}$/ })
      .first()
      .innerText();
    expect(await seriousViolations(console_)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: t('leaving.secret.title') }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: t('secondFactor.kept') }).press('Enter');
    await page.getByText(t('secondFactor.sparesLeft', { count: 10 })).waitFor();

    await page.goto(`${server.url}/rules`);
    const rule = page.getByRole('group', { name: t('rules.secondFactor.label') });
    await rule.getByLabel(t('role.operator')).press('Space');
    await page.getByRole('button', { name: t('rules.save') }).press('Enter');
    await page.getByText(t('rules.saved')).waitFor();
    await expectTruth(console_, t('truth.live'));
    await expectAllSent(console_);
    await leave('Администратор');

    await knock(console_, chief.login, OWN);
    await page.getByRole('textbox', { name: t('secondFactor.code'), exact: true }).waitFor();
    expect(await seriousViolations(console_)).toEqual([]);
    await page.keyboard.type(spare);
    await page.keyboard.press('Enter');
    await expectTruth(console_, t('truth.live'));
    await leave('Администратор');

    await knock(console_, 'vera', OWN);
    await page.getByText(t('secondFactor.demanded', { role: t('role.operator') })).waitFor();
    expect(await seriousViolations(console_)).toEqual([]);
    await page.reload();
    await knock(console_, 'vera', OWN);
    await typeCode(console_);
    await page.getByRole('button', { name: t('secondFactor.kept') }).press('Enter');
    await expectTruth(console_, t('truth.live'));
    expect(console_.troubles).toEqual([]);
  } finally {
    await console_.close();
  }
  const again = printed.parse(await command('account', 'reset', 'vera'));
  const entered = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'vera', password: again.password }),
  });
  expect(entered.status).toBe(200);
});
