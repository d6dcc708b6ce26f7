import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { MAILED_KINDS } from '#shared/protocol/notices.ts';
import type { Api } from '#server/api/api.ts';
import { buildApp } from '#server/api/app.ts';
import { readChoice } from '#server/notices/choices.ts';
import { unsubscribeToken } from '#server/notices/unsubscribe.ts';
import { MailRegion } from '#tests/helpers/mail-region.ts';

let region: MailRegion;
let api: Api;
const logged: string[] = [];

beforeAll(async () => {
  region = await MailRegion.start();
  await region.person('roads-1', 'executor', 'roads');
  api = await buildApp({
    db: region.base.db,
    now: () => region.clock.now,
    mailer: region.mailer,
    consoleDir: null,
    metricsToken: null,
    trustProxy: null,
    log: { write: (line) => void logged.push(line) },
    logLevel: 'debug',
  });
});
beforeEach(() => region.choose('roads-1', { address: 'roads-1@example.org', off: [] }));
afterAll(async () => {
  await api.close();
  await region.stop();
});

const choice = () => readChoice(region.mailer, { region: 'eao', account: 'roads-1' });
/** As mail programs press it (RFC 8058). */
const press = (path: string) =>
  api.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'List-Unsubscribe=One-Click',
  });
const pathOf = (token: string) => `/api/v1/notices/unsubscribe/${token}`;

it('one press by the mail’s own header ends the notices, and the address stays', async () => {
  await region.routed('roads');
  await region.run();
  const mail = must(region.server.mails[0], 'a mail');
  const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
  expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const url = new URL(must(headers.get('list-unsubscribe'), 'a header').slice(1, -1));
  expect(url.origin).toBe('https://pult.example');
  expect(mail.text).toContain(url.href);
  expect((await press(url.pathname)).statusCode).toBe(200);
  expect(await choice()).toMatchObject({ address: 'roads-1@example.org', off: [...MAILED_KINDS] });
  await region.routed('roads');
  region.later(60);
  await region.run();
  expect(region.taken()).toEqual(['roads-1']);
  expect(logged.join('')).not.toContain(url.pathname.split('/').at(-1));
});

it('looking ends nothing: filters open every link', async () => {
  const path = pathOf(unsubscribeToken(region.key, { region: 'eao', account: 'roads-1' }));
  const page = await api.inject(path);
  expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.body).toContain('Больше не присылать уведомления?');
  expect(page.body).not.toContain('roads-1');
  expect((await api.inject({ method: 'HEAD', url: path })).statusCode).toBeLessThan(500);
  expect(await choice()).toMatchObject({ off: [] });
});

it.each([
  [
    'another person’s name under this signature',
    (token: string) => `${Buffer.from('["eao","x"]').toString('base64url')}.${token.split('.')[1]}`,
  ],
  ['no signature', (token: string) => token.split('.')[0] ?? ''],
  ['a signature cut short', (token: string) => token.slice(0, -1)],
  ['nonsense', () => '<script>.x'],
])('%s ends nothing', async (_what, change) => {
  const token = change(unsubscribeToken(region.key, { region: 'eao', account: 'roads-1' }));
  for (const answer of [
    await press(pathOf(encodeURIComponent(token))),
    await api.inject(pathOf(encodeURIComponent(token))),
  ]) {
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('<script>');
  }
  expect(await choice()).toMatchObject({ off: [] });
});

it('a link for somebody who is not there any more ends nothing', async () => {
  const token = unsubscribeToken(region.key, { region: 'eao', account: 'gone' });
  expect((await press(pathOf(token))).statusCode).toBe(404);
});
