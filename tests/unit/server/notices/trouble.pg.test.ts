import { afterEach, beforeEach, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { MAILED_KINDS } from '#shared/protocol/notices.ts';
import { leaseMail, resendMail } from '#server/notices/lease-mail.ts';
import { makeMails } from '#server/notices/make-mails.ts';
import { makeNotices } from '#server/notices/make-notices.ts';
import { writeMail } from '#server/notices/write-mail.ts';
import { MailRegion } from '#tests/helpers/mail-region.ts';

let region: MailRegion;
beforeEach(async () => {
  region = await MailRegion.start();
  await region.person('roads-1', 'executor', 'roads');
  await region.person('roads-2', 'executor', 'roads');
});
afterEach(() => region.stop());

const states = async () =>
  (await region.log()).mails
    .map(({ account, state, problem, code }) => [account, state, problem, code])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));

it('of several processes at once each thing is sent by one', async () => {
  for (let n = 0; n < 3; n += 1) await region.routed('roads');
  await Promise.all([1, 2, 3, 4].map(() => region.run(region.anotherMailer())));
  expect(region.taken()).toEqual(['roads-1', 'roads-2']);
});

it('errs by sending twice, under one Message-ID, when a process dies after the mail is out', async () => {
  await region.choose('roads-2', { off: ['assigned'] });
  await region.routed('roads');
  const { db } = region.base;
  const now = () => region.clock.now;
  await makeNotices(db, 'eao', now, new AbortController().signal);
  await makeMails(db, 'eao', { way: 'mail', minutes: 0, now: now() });
  const mail = must(await leaseMail(db, 'eao', { way: 'mail', kinds: ['notices'] }, now()), 'a mail');
  const way = must(await region.mailer.wayOf('eao'), 'a way');
  // Sent, and then the process is gone before it is noted.
  await way.send(must(await writeMail(region.mailer, way, mail), 'a letter'));
  await region.run();
  expect(region.server.mails).toHaveLength(1);
  region.later(6);
  await region.run();
  const ids = region.server.mails.map(({ messageId }) => messageId);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  expect(await states()).toEqual([['roads-1', 'sent', null, null]]);
});

it('a server that is down keeps the mails back, and they go out when it is there again', async () => {
  await region.routed('roads');
  const { port } = region.server;
  await region.server.stop();
  await region.run();
  const shown = await states();
  expect(shown.map(([, , problem]) => problem).filter(Boolean)).toEqual(['unreachable']);
  await region.server.start('none', port);
  region.later(10);
  await region.run();
  expect(region.taken()).toEqual(['roads-1', 'roads-2']);
  expect((await states()).map(([, state]) => state)).toEqual(['sent', 'sent']);
});

it('a refused address stops nobody else, and gets no more until somebody says that it is right', async () => {
  region.server.unknown.add('roads-1@example.org');
  await region.routed('roads');
  await region.run();
  expect(region.taken()).toEqual(['roads-2']);
  expect(await states()).toEqual([
    ['roads-1', 'dead', 'address_refused', 550],
    ['roads-2', 'sent', null, null],
  ]);
  expect(await region.log()).toMatchObject({ people: 2, reached: 1 });
  await region.routed('roads');
  await region.run();
  expect(region.taken()).toEqual(['roads-2']);
  region.server.unknown.clear();
  const dead = must(
    (await region.log()).mails.find(({ state }) => state === 'dead'),
    'a dead mail',
  );
  expect(await resendMail(region.base.db, 'eao', dead.id, region.clock.now)).toBe(true);
  expect(await resendMail(region.base.db, 'amur', dead.id, region.clock.now)).toBe(false);
  await region.run();
  expect(region.taken()).toEqual(['roads-1']);
});

it('a server that asks to come later is asked later, a few times, and then no more', async () => {
  await region.choose('roads-1', { off: MAILED_KINDS.filter((kind) => kind !== 'assigned') });
  await region.choose('roads-2', { off: [...MAILED_KINDS] });
  region.server.mood = 'later';
  await region.routed('roads');
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await region.run();
    region.later(24 * 60 + 1);
  }
  expect((await region.log()).mails).toMatchObject([
    { state: 'dead', problem: 'later', code: 451, attempts: 9 },
  ]);
});

it('a mail that a server takes and loses counts as sent: nobody can see it from here', async () => {
  region.server.mood = 'loses';
  await region.routed('roads');
  await region.run();
  expect(region.server.mails).toEqual([]);
  expect((await states()).map(([, state]) => state)).toEqual(['sent', 'sent']);
});

it('a refused login is not tried by every mail', async () => {
  region.server.login = { user: 'pult', pass: 'верный' };
  await region.settings({ login: 'pult', password: 'неверный' });
  await region.routed('roads');
  await region.run();
  region.later(5);
  await region.run();
  const attempts = (await region.log()).mails.map((mail) => mail.attempts).toSorted((a, b) => a - b);
  expect(attempts).toEqual([0, 1]);
  region.later(1);
  await region.settings({ login: 'pult', password: 'верный' });
  region.later(5);
  await region.run();
  expect(region.taken()).toEqual(['roads-1', 'roads-2']);
});

it('a password that another key had sealed is told, and nothing is sent', async () => {
  await region.settings({ login: 'pult', password: 'верный' });
  await region.routed('roads');
  region.key.fill(7);
  await region.run();
  expect((await states()).map(([, , problem]) => problem)).toContain('key_changed');
  expect(region.taken()).toEqual([]);
});
