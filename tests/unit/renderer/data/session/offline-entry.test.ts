import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MS_PER_HOUR, MS_PER_MINUTE } from '#shared/domain/instant.ts';
import type { Session } from '#shared/protocol/session.ts';
import {
  enterOffline,
  keepOwnSecret,
  learnFromLogin,
  pauseAfter,
} from '#renderer/data/session/offline-entry.ts';
import { changePerson, keepPerson, peopleHere, personNamed } from '#renderer/data/session/people-here.ts';
import { isSecret, makeVerifier } from '#renderer/data/session/verifier.ts';

const NOW = Date.UTC(2026, 10, 29);
let people = 0;
/** Each test has a person of its own: what is kept outlives a test as it outlives a reload. */
const somebody = (): Session => {
  const id = `person-${(people += 1)}`;
  return {
    account: { id, login: `Anna.${id}`, displayName: 'Анна Ким', role: 'operator', agency: null },
    region: { code: 'eao', name: 'Еврейская автономная область', timeZone: 'Asia/Vladivostok' },
    expiresAt: NOW + 1,
  };
};
const loggedIn = async (session: Session, password: string): Promise<void> =>
  learnFromLogin(session.account.login, password, { kind: 'logged_in', session }, NOW);
const refused = (error: 'wrong_password' | 'forbidden') =>
  ({ kind: 'refused', error, retryAfterSeconds: null }) as const;

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => vi.useRealTimers());

test('a verifier knows its secret, a PIN as well as a password, and is dear to guess at', async () => {
  const [verifier, other] = [await makeVerifier('4071'), await makeVerifier('4071')];
  expect(verifier.iterations).toBeGreaterThanOrEqual(600_000);
  expect(verifier.salt).toHaveLength(16);
  expect(verifier.salt).not.toEqual(other.salt);
  expect(await isSecret(verifier, '4071')).toBe(true);
  for (const wrong of ['4072', '', '4071 ', '40710']) expect(await isSecret(verifier, wrong)).toBe(false);
  // One that was put there to be guessed at opens nothing, its own secret included.
  expect(await isSecret(await makeVerifier('4071', 1000), '4071')).toBe(false);
});

test('the password of the last login opens the copy, in whichever case the login is written', async () => {
  const session = somebody();
  await loggedIn(session, 'дом у реки');
  expect(await enterOffline(` ${session.account.login.toUpperCase()} `, 'дом у реки', NOW)).toEqual({
    kind: 'entered',
    session: { ...session, expiresAt: NOW + 12 * MS_PER_HOUR },
  });
  expect(await enterOffline(session.account.login, 'дом у рек', NOW)).toEqual({ kind: 'wrong' });
  const kept = JSON.stringify(await peopleHere());
  expect(kept).not.toContain('дом у реки');
});

test('who has never come in with a password here cannot, and is told apart from a stranger', async () => {
  const session = somebody();
  await keepPerson(session, NOW);
  expect(await enterOffline(session.account.login, 'x', NOW)).toEqual({ kind: 'no_verifier' });
  expect(await enterOffline('nobody', 'x', NOW)).toEqual({ kind: 'unknown' });
});

test('a password changed online takes the place of the old one; opening the copy again changes neither', async () => {
  const session = somebody();
  const { login } = session.account;
  await loggedIn(session, 'старый');
  await loggedIn(session, 'новый');
  await keepPerson(session, NOW);
  expect((await enterOffline(login, 'старый', NOW)).kind).toBe('wrong');
  expect((await enterOffline(login, 'новый', NOW)).kind).toBe('entered');
});

test('a password the centre does not take any more opens nothing here; a mistyped one changes nothing', async () => {
  const session = somebody();
  const { login } = session.account;
  await loggedIn(session, 'был верен');
  await learnFromLogin(login, 'опечатка', refused('wrong_password'), NOW);
  expect((await enterOffline(login, 'был верен', NOW)).kind).toBe('entered');
  await learnFromLogin(login, 'был верен', refused('wrong_password'), NOW);
  expect((await enterOffline(login, 'был верен', NOW)).kind).toBe('no_verifier');
});

test('a closed account opens nothing here from the moment its person is told so', async () => {
  const session = somebody();
  await loggedIn(session, 'пароль');
  await learnFromLogin(session.account.login, 'пароль', refused('forbidden'), NOW);
  expect((await enterOffline(session.account.login, 'пароль', NOW)).kind).toBe('no_verifier');
});

test('pauses grow with wrong guesses, to an hour', () => {
  const minutes = Array.from({ length: 14 }, (_, wrong) => pauseAfter(wrong) / MS_PER_MINUTE);
  expect(minutes).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(pauseAfter(1e6)).toBe(MS_PER_HOUR);
});

test('during a pause the right password does not help either, and no clock shortens it', async () => {
  const session = somebody();
  const { login } = session.account;
  await loggedIn(session, 'верный');
  for (let guess = 0; guess < 5; guess += 1) await enterOffline(login, `мимо ${guess}`, NOW);
  for (const now of [NOW, NOW + 365 * 24 * MS_PER_HOUR, NOW - 365 * 24 * MS_PER_HOUR]) {
    vi.setSystemTime(now);
    expect(await enterOffline(login, 'верный', now)).toEqual({ kind: 'paused', waitMs: MS_PER_MINUTE });
  }
  const profile = `pult:eao:${session.account.id}`;
  await changePerson(profile, (kept) => ({ ...kept, waitMs: 0 }));
  expect((await enterOffline(login, 'мимо', NOW)).kind).toBe('wrong');
  expect(await enterOffline(login, 'верный', NOW)).toEqual({ kind: 'paused', waitMs: 2 * MS_PER_MINUTE });
  await changePerson(profile, (kept) => ({ ...kept, waitMs: 0 }));
  expect((await enterOffline(login, 'верный', NOW)).kind).toBe('entered');
  expect(await personNamed(login)).toMatchObject({ wrong: 0, waitMs: 0 });
});

test('guesses of many windows at once are counted one by one', async () => {
  const session = somebody();
  const { login } = session.account;
  await loggedIn(session, 'верный');
  const guesses = Array.from({ length: 12 }, (_, guess) => enterOffline(login, `мимо ${guess}`, NOW));
  const kinds = (await Promise.all(guesses)).map(({ kind }) => kind).toSorted();
  expect(kinds).toEqual([...Array(7).fill('paused'), ...Array(5).fill('wrong')]);
});

test('of a password of another system nothing is kept, and the one set for this workstation stays', async () => {
  const session: Session = { ...somebody(), judgedBy: 'directory' };
  const { login } = session.account;
  await loggedIn(session, 'пароль каталога');
  expect(await enterOffline(login, 'пароль каталога', NOW)).toEqual({ kind: 'no_verifier' });
  await keepOwnSecret(session, 'без связи тоже');
  await loggedIn(session, 'пароль каталога');
  // The centre refuses the workstation's own, for it does not know it.
  await learnFromLogin(login, 'без связи тоже', refused('wrong_password'), NOW);
  expect(await enterOffline(login, 'без связи тоже', NOW)).toMatchObject({ kind: 'entered' });
});

test('when another system takes a person over, their old password opens nothing here either', async () => {
  const session = somebody();
  const { login } = session.account;
  await loggedIn(session, 'дом у реки');
  await keepPerson({ ...session, judgedBy: 'provider' }, NOW);
  expect(await enterOffline(login, 'дом у реки', NOW)).toEqual({ kind: 'no_verifier' });
  await keepOwnSecret({ ...session, judgedBy: 'provider' }, 'без связи тоже');
  // The way back: the centre's own password is the one that counts again.
  await keepPerson(session, NOW);
  expect(await enterOffline(login, 'без связи тоже', NOW)).toEqual({ kind: 'no_verifier' });
});
