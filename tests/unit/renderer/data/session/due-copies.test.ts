import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { expect, test } from 'vitest';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Session } from '#shared/protocol/session.ts';
import { dueReason, keepOrders } from '#renderer/data/session/due-copies.ts';
import { keepPerson, peopleHere, type PersonHere } from '#renderer/data/session/people-here.ts';

const NOW = Date.UTC(2026, 10, 29);
const sessionOf = (id: string, copyDays?: number, begunAt?: number): Session => ({
  account: { id, login: id, displayName: 'Анна Ким', role: 'operator', agency: null },
  region: {
    code: 'eao',
    name: 'Еврейская автономная область',
    timeZone: 'Asia/Vladivostok',
    ...(copyDays === undefined ? {} : { copyDays }),
  },
  ...(begunAt === undefined ? {} : { begunAt }),
  expiresAt: NOW + 1,
});
const person = (part: Partial<PersonHere> = {}): PersonHere => ({
  profile: 'pult:eao:anna',
  session: sessionOf('anna'),
  verifier: null,
  begunAt: 100,
  forgetBefore: 0,
  usedAt: NOW,
  wrong: 0,
  waitMs: 0,
  ...part,
});

const kept = async (id: string): Promise<PersonHere | undefined> =>
  (await peopleHere()).find(({ profile }) => profile === `pult:eao:${id}`);

test.each([
  ['used today', {}, null],
  ['thirty days without work', { usedAt: NOW - 30 * MS_PER_DAY }, null],
  ['more than thirty', { usedAt: NOW - 30 * MS_PER_DAY - 1 }, 'days'],
  ['a region that says seven', { usedAt: NOW - 8 * MS_PER_DAY, session: sessionOf('anna', 7) }, 'days'],
  ['a region that says a year', { usedAt: NOW - 300 * MS_PER_DAY, session: sessionOf('anna', 365) }, null],
  ['a clock set back', { usedAt: NOW + 300 * MS_PER_DAY }, null],
  ['an order after it began', { forgetBefore: 101 }, 'order'],
  ['an order before it began', { forgetBefore: 100 }, null],
  ['an order, and nobody knows when it began', { begunAt: 0, forgetBefore: 1 }, 'order'],
] as const)('%s: %j → %s', (_, part, reason) => {
  expect(dueReason(person(part), NOW)).toBe(reason);
});

test('work keeps a copy, a clock set back takes no day away, and the copy stays as old as its first login', async () => {
  await keepPerson(sessionOf('vera', 7, 50), NOW);
  await keepPerson(sessionOf('vera', undefined, 90), NOW - 5 * MS_PER_DAY);
  expect(await kept('vera')).toMatchObject({ usedAt: NOW, begunAt: 50 });
  // Who goes on without the network is told nothing of the setting, and it stays.
  expect((await kept('vera'))?.session.region.copyDays).toBe(7);
});

test('an order is kept for whoever has a copy here, whoever hears of it, and for nobody else', async () => {
  await keepPerson(sessionOf('anna', 30, 100), NOW);
  await keepPerson(sessionOf('oleg', 30, 100), NOW);
  const row = (id: string, forgetBefore?: number) => ({
    id,
    displayName: id,
    role: 'operator' as const,
    agency: null,
    ...(forgetBefore === undefined ? {} : { forgetBefore }),
  });
  await keepOrders(sessionOf('oleg'), [row('anna', 200), row('oleg'), row('stranger', 200)]);
  const due = async (id: string) => {
    const found = await kept(id);
    return found === undefined ? 'not here' : dueReason(found, NOW);
  };
  expect([await due('anna'), await due('oleg'), await due('stranger')]).toEqual(['order', null, 'not here']);
  // A login after the order does not lift it: the copy is the one that was to go.
  await keepPerson(sessionOf('anna', 30, 300), NOW);
  expect(await due('anna')).toBe('order');
});

test('an order reaches a person of whom an earlier release has kept neither a login nor orders', async () => {
  const { begunAt: _begunAt, forgetBefore: _forgetBefore, ...earlier } = person({ profile: 'pult:eao:vera' });
  const people = new Dexie('pult-people');
  people.version(1).stores({ person: 'profile' });
  await people.table('person').put(earlier);
  people.close();
  const row = {
    id: 'vera',
    displayName: 'Вера Лис',
    role: 'operator',
    agency: null,
    forgetBefore: 5,
  } as const;
  await keepOrders(sessionOf('anna'), [row]);
  const vera = must(await kept('vera'), 'the person');
  expect(dueReason(vera, NOW)).toBe('order');
});
