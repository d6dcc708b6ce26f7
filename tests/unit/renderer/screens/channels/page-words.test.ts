import { expect, test } from 'vitest';
import { whenIn } from '#renderer/kit/words/when.ts';
import type { ListedPage } from '#renderer/kit/api/channels-api.ts';
import { healthNotes, healthOf } from '#renderer/screens/channels/page-words.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';

const NOW = Date.UTC(2022, 0, 18, 3, 0);
const HOUR = 3_600_000;

const page = (change: Partial<ListedPage> = {}, health: Partial<ListedPage['health']> = {}): ListedPage => ({
  id: '01900000-0000-7000-8000-000000000001',
  network: 'telegram',
  name: 'ЦУР',
  pageId: '@tsur',
  agency: null,
  baseUrl: 'https://api.telegram.org',
  certificate: null,
  watch: [],
  rules: { stop: [], ignore: [], off: [] },
  togetherHours: 72,
  state: 'active',
  reception: 'poll',
  lastEventAt: NOW - HOUR,
  caughtUpAt: null,
  recovered: 0,
  trouble: null,
  callback: '',
  health: { delayMs: 1000, silentSince: null, limitUntil: null, needsYou: 0, unread: 0, ...health },
  ...change,
});

const readers = {
  t: wordsOf('ru'),
  when: whenIn('Asia/Vladivostok', 'ru'),
  now: NOW,
  language: 'ru',
} as const;

test('a dot is green only while nothing is the matter', () => {
  const tones = [
    page(),
    page({ lastEventAt: null }),
    page({ state: 'paused' }),
    page({}, { silentSince: NOW - 72 * HOUR }),
    page({}, { limitUntil: NOW + HOUR }),
    page({ trouble: { kind: 'token_dead', detail: '' } }, { limitUntil: NOW + HOUR }),
  ].map((health) => healthOf(health, readers).tone);
  expect(tones).toEqual(['good', 'waiting', 'waiting', 'warn', 'warn', 'bad']);
});

test('the network’s own sentence comes before when it last brought something', () => {
  const { text } = healthOf(page({ trouble: { kind: 'unreachable', detail: '' } }), readers);
  expect(text).toBe(
    `${readers.t('channels.problem.telegram.unreachable')} Последнее событие 12:00, 1\u{a0}ч назад.`,
  );
});

test('what calls for somebody is said in sentences, and a paused page calls for nobody', () => {
  const health = { silentSince: NOW - 72 * HOUR, limitUntil: NOW + HOUR, needsYou: 2, delayMs: 7 * 60_000 };
  expect(healthNotes(page({}, health), readers)).toHaveLength(4);
  expect(healthNotes(page({ state: 'paused' }, health), readers)).toEqual([]);
  expect(healthNotes(page(), readers)).toEqual([]);
});
