import { expect, test } from 'vitest';
import { INCIDENT_COMMAND_ARGS } from '#shared/domain/command.ts';
import { NETWORKS } from '#shared/domain/incident.ts';
import {
  filled,
  inNetwork,
  isWhole,
  kindsOf,
  ofMessage,
  registerArgs,
  type RegisterFields,
} from '#renderer/triage/register/register-fields.ts';

const NOW = Date.UTC(2026, 10, 25);
const FIELDS: RegisterFields = {
  text: ' Яма ',
  url: '',
  network: 'vk',
  kind: 'comment',
  author: '',
  contact: '',
  createdAt: NOW,
  hasMedia: false,
};
const FOUND = ofMessage({
  text: 'Слова из сети',
  at: NOW - 1000,
  author: { name: 'Иван Петров', url: 'https://vk.com/id10' },
  hasMedia: true,
});

test('what was found goes where nobody has typed', () => {
  expect(filled(FIELDS, FOUND, new Set(['text', 'author'] as const))).toEqual({
    ...FIELDS,
    createdAt: NOW - 1000,
    contact: 'https://vk.com/id10',
    hasMedia: true,
  });
});

test('a kind that the network does not have is asked for anew, another stays', () => {
  expect(inNetwork(FIELDS, 'other').kind).toBeNull();
  expect(inNetwork({ ...FIELDS, kind: 'screenshot' }, 'other').kind).toBe('screenshot');
  expect(inNetwork({ ...FIELDS, kind: 'letter' }, 'ok').kind).toBeNull();
  for (const network of NETWORKS) expect(kindsOf(network)).toContain('other');
});

test.each([
  [{}, true],
  [{ text: '  ' }, false],
  [{ network: null }, false],
  [{ kind: null }, false],
])('with %j it may be registered: %s', (change, is) => {
  expect(isWhole({ ...FIELDS, ...change })).toBe(is);
});

test('a call is registered with the telephone to answer at', () => {
  const fields = {
    ...inNetwork(FIELDS, 'other'),
    kind: 'phone' as const,
    contact: '8 (914) 555-66-77',
    createdAt: NOW + 60_000,
  };
  const args = registerArgs(fields, 'eao', NOW);
  expect(INCIDENT_COMMAND_ARGS.register.parse(args)).toMatchObject({
    text: 'Яма',
    createdAt: NOW,
    source: { network: 'other', kind: 'phone', url: '', placeUrl: '' },
    author: { name: '', url: 'tel:89145556677' },
  });
});

test('a link is registered without what the browser added, another address as it was typed', () => {
  const source = (url: string) => registerArgs({ ...FIELDS, url }, 'eao', NOW).source;
  expect(source('https://vk.com/feed?w=wall-777_5_r101')).toMatchObject({
    url: 'https://vk.com/wall-777_5?reply=101',
    placeUrl: 'https://vk.com/club777',
  });
  expect(source(' газета «Звезда», с. 3 ')).toMatchObject({ url: 'газета «Звезда», с. 3', placeUrl: '' });
});
