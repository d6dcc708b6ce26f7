import type { Page } from 'playwright-core';
import type { Locator } from 'playwright-core';
import { must } from '#shared/domain/must.ts';
import type { TestConsole } from './test-console.ts';
import { until } from './until.ts';

/** An operator's decisions about a message. */
export interface Triage {
  readonly topic: string;
  readonly municipality: string;
  /** A part of the agency's name; left out: the first candidate of the routing table. */
  readonly agency?: string;
}

const rows = ({ page }: TestConsole): Locator => page.locator('#queue-rows');

/** Goes to a lane by the keyboard, `g` and the lane's letter, and there to its first row. */
export async function goToLane(console: TestConsole, letter: string): Promise<void> {
  await console.page.keyboard.press('Escape');
  await console.page.keyboard.press('KeyG');
  await console.page.keyboard.press(`Key${letter.toUpperCase()}`);
  await rows(console).waitFor();
  await console.page.keyboard.press('Home');
}

/** The incident chosen in the queue. */
export async function chosenIncident(console: TestConsole): Promise<string> {
  const chosen = await until(
    'a chosen row',
    () => rows(console).getAttribute('aria-activedescendant'),
    (id) => id !== null,
  );
  return must(chosen, 'a chosen row').replace('row-', '');
}

/** One row down; false when the choice stayed where it was, which is the end of the list. */
async function goDown(console: TestConsole, from: string): Promise<boolean> {
  await console.page.keyboard.press('ArrowDown');
  // On a busy machine the row is drawn as chosen a moment after the key.
  return rows(console)
    .and(console.page.locator(`:not([aria-activedescendant="row-${from}"])`))
    .waitFor({ timeout: 1500 })
    .then(
      () => true,
      () => false,
    );
}

/** Goes to the new messages and down to this one, which may still be on its way here. */
export async function chooseNew(console: TestConsole, id: string): Promise<void> {
  await goToLane(console, 'N');
  await until(
    'the message is chosen',
    async () => {
      const chosen = await chosenIncident(console);
      // At the end of the list: from the top again, for it comes in where its time left puts it.
      if (chosen !== id && !(await goDown(console, chosen))) await console.page.keyboard.press('Home');
      return chosen;
    },
    (chosen) => chosen === id,
    40_000,
  );
}

/**
 * Working minutes left of the rows on the screen, in their order; negative when overdue, null where no
 * deadline runs.
 */
export async function minutesLeft({ page }: TestConsole): Promise<readonly (number | null)[]> {
  const texts = await page
    .locator('#queue-rows [role="row"]')
    .evaluateAll((all) =>
      all
        .toSorted((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
        .map((row) => row.querySelector('b')?.textContent ?? ''),
    );
  return texts.map((text) => {
    const found = /^([-−–]?)(\d+):(\d{2})$/.exec(text.trim());
    return found === null ? null : (found[1] === '' ? 1 : -1) * (Number(found[2]) * 60 + Number(found[3]));
  });
}

/** Picks by typing a part of the name, in the dialog that is open. */
export async function pick({ page }: TestConsole, text: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.locator('input:focus').waitFor();
  await page.keyboard.type(text);
  const fits = (option: string): boolean =>
    text
      .toLowerCase()
      .split(' ')
      .every((word) => option.toLowerCase().includes(word));
  await until(
    `something to pick by «${text}»`,
    () => page.getByRole('option').allInnerTexts(),
    (all) => all.length > 0 && all.every(fits),
  );
  await page.keyboard.press('Enter');
}

/** Makes a field of the card the one that digits answer, and opens its list. */
async function openList({ page, t }: TestConsole, key: string, field: string): Promise<void> {
  const group = page.getByRole('group', { name: t(`field.${field}`), exact: true });
  if ((await group.getAttribute('data-active')) !== 'true') await page.keyboard.press(`Key${key}`);
  await until(
    `the field ${field} is active`,
    () => group.getAttribute('data-active'),
    (isActive) => isActive === 'true',
  );
  await page.keyboard.press('Digit0');
  await page.getByRole('dialog').waitFor();
}

/** Topic, municipality, addressee and Enter, without the mouse, for the chosen row. */
export async function triageByKeyboard(
  console: TestConsole,
  { topic, municipality, agency }: Triage,
): Promise<void> {
  const { page } = console;
  await openList(console, 'T', 'topic');
  await pick(console, topic);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await openList(console, 'M', 'place');
  await pick(console, municipality);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  if (agency === undefined) await page.keyboard.press('Digit1');
  else {
    await openList(console, 'R', 'addressee');
    await pick(console, agency);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  const before = await chosenIncident(console);
  await page.keyboard.press('Enter');
  await until(
    'the row has left',
    () => rows(console).getAttribute('aria-activedescendant'),
    (id) => id !== `row-${before}`,
  );
}

/** Opens an incident by its number through the palette. */
export async function openByNumber(console: TestConsole, number: number): Promise<void> {
  const { page, t } = console;
  const field = page.getByPlaceholder(t('palette.placeholder'));
  const heading = page.getByRole('heading', { name: t('card.number', { number }) });
  // What was done elsewhere takes a moment to come, and the palette opens only what is here: ask again, as a
  // person would.
  await until(
    `№ ${number} is open`,
    async () => {
      await page.keyboard.press('Control+KeyK');
      await field.fill(String(number));
      await page.getByText(t('palette.openNumber', { number })).waitFor();
      await page.keyboard.press('Enter');
      // The palette fades away for a moment; keys pressed meanwhile are still its own.
      await field.waitFor({ state: 'detached' });
      return heading.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    },
    (isOpen) => isOpen,
    30_000,
  );
}

/** Waits until the open card says this step. */
export async function expectStep({ page, t }: TestConsole, step: string): Promise<void> {
  await page
    .locator('header')
    .getByText(t(`step.${step}`), { exact: true })
    .waitFor();
}

export async function takeToWork(console: TestConsole): Promise<void> {
  await console.page.getByRole('button', { name: console.t('action.takeToWork') }).click();
  await expectStep(console, 'in_progress');
}

/** Writes the reply and sends it to the approver by Ctrl+Enter. */
export async function submitReply(console: TestConsole, text: string): Promise<void> {
  const field = console.page.getByRole('textbox', { name: console.t('reply.title') });
  await field.fill(text);
  await field.press('Control+Enter');
  await expectStep(console, 'approval');
}

/** Approves the reply, mended when a text is given. */
export async function approveReply(console: TestConsole, mended?: string): Promise<void> {
  const field = console.page.getByRole('textbox', { name: console.t('approval.title') });
  if (mended !== undefined) await field.fill(mended);
  await field.press('Control+Enter');
  await expectStep(console, 'publishing');
}

export async function recordPublication(console: TestConsole, account: string, link: string): Promise<void> {
  const { page, t } = console;
  await page.getByLabel(t('publication.account')).fill(account);
  await page.getByLabel(t('publication.link')).fill(link);
  await page.getByRole('button', { name: t('publication.record'), exact: true }).click();
  await expectStep(console, 'satisfaction');
}

async function choose({ page }: TestConsole, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Type, outcome and the reason to close. */
export async function closeIncident(
  console: TestConsole,
  type: string,
  outcome: string,
  reason: string,
): Promise<void> {
  const { page, t } = console;
  await choose(console, t('field.type'), t(`type.${type}`));
  await choose(console, t('field.outcome'), t(`outcome.${outcome}`));
  await choose(console, t('closing.reason'), t(`closing.${reason}`));
  await page.getByRole('button', { name: t('closing.close'), exact: true }).click();
  await expectStep(console, 'done');
}

/** Lines of the history on the open card, newest first: what, and by whom. */
export async function historyLines({ page, t }: TestConsole): Promise<readonly string[]> {
  return page
    .getByRole('list', { name: t('incident.history') })
    .getByRole('listitem')
    .locator('div')
    .allInnerTexts();
}

/**
 * Opens the note of the card on screen. A key acts on nothing until the card of the chosen row is drawn, as
 * it should; so it is pressed until the dialog is there.
 */
export async function openNote(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await until(
    'the dialog of a note',
    async () => {
      if ((await dialog.count()) === 0) await page.keyboard.press('KeyN');
      return dialog.count();
    },
    (count) => count > 0,
  );
}
