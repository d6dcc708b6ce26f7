import { rmSync } from 'node:fs';
import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from './harness/api-client.ts';
import { closeBrowser, expectAllSent, logIn, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { until } from './harness/until.ts';
import { openNote, openByNumber } from './harness/work.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const profile = temporaryFolder('profile');
let server: RunningPult;
let api: ApiClient;
let console_: TestConsole;
let devtools: CDPSession;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  console_ = await openConsole({ url: server.url, profile });
  devtools = await console_.context.newCDPSession(console_.page);
  await logIn(console_, server.account('operator'));
});

afterAll(async () => {
  await console_.close();
  await closeBrowser();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

/** Sets the room that the browser sees on this disk, in bytes; without a size, the real one again. */
const setRoom = (quotaSize?: number): Promise<unknown> =>
  devtools.send('Storage.overrideQuotaForOrigin', {
    origin: server.url,
    ...(quotaSize === undefined ? {} : { quotaSize }),
  });

/** Writes a row into a database of its own, in the page. */
async function hasRoom(): Promise<boolean> {
  const opening = indexedDB.open('room', 1);
  const database = await new Promise<IDBDatabase | null>((done) => {
    opening.onupgradeneeded = () => void opening.result.createObjectStore('row', { autoIncrement: true });
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => done(null);
  });
  if (database === null) return false;
  const writing = database.transaction('row', 'readwrite');
  writing.objectStore('row').add('я'.repeat(1000));
  const isWritten = await new Promise<boolean>((done) => {
    writing.oncomplete = () => done(true);
    writing.onabort = () => done(false);
  });
  database.close();
  return isWritten;
}

test('a full disk is said aloud, loses nothing that was typed, and is over when there is room again', async () => {
  const { page, t } = console_;
  const { id, number } = await api.newMessage('Не чистят снег, а диск полон');
  await openByNumber(console_, number);
  await setRoom(1);
  // Chromium believes what it last heard of the room for a while, and so does every database of the origin.
  await until(
    'a write finds no room',
    () => page.evaluate(hasRoom),
    (has) => !has,
  );
  await openNote(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('заметка на полном диске');
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('alert')
    .filter({ hasText: t('alarm.disk_full') })
    .waitFor();
  // Not saved, so it must not look saved: the dialog stays with every word, and nothing has left.
  expect(await dialog.getByRole('textbox').inputValue()).toBe('заметка на полном диске');
  expect(must((await api.incidents()).get(id), 'the incident').notes).toEqual([]);

  await setRoom();
  await dialog.getByRole('textbox').press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await expectAllSent(console_);
  const notes = await until(
    'the note is at the centre, once',
    async () => must((await api.incidents()).get(id), 'the incident').notes.map(({ text }) => text),
    (all) => all.length > 0,
  );
  expect(notes).toEqual(['заметка на полном диске']);
});
