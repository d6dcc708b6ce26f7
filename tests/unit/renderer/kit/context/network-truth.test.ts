import { expect, test } from 'vitest';
import { truthHint, truthOf } from '#renderer/kit/context/network-truth.ts';
import { whenIn } from '#renderer/kit/words/when.ts';
import type { Connection } from '#renderer/data/sync/sync-status.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';
import { TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const say = (connection: Connection, unsent: number, clockOffset = 0) =>
  truthOf(
    {
      connection,
      unsent,
      notAccepted: 0,
      archiveComplete: true,
      clockOffset,
      attachments: [],
      alarms: [],
    },
    wordsOf('ru'),
    whenIn('Asia/Vladivostok', 'ru'),
    TUESDAY_10,
  );

test('unsent work is named whatever the network does', () => {
  const states: readonly Connection[] = [
    { state: 'live' },
    { state: 'offline', since: TUESDAY_10, retryAt: null },
    { state: 'connecting', attempt: 1, retryAt: null },
    { state: 'downloading', part: 'closed', rows: 40, estimate: 100 },
    { state: 'needs_login' },
    { state: 'failed', kind: 'nonsense', message: '' },
  ];
  for (const state of states) expect(say(state, 3).text).toMatch(/ · не отправлено 3$/);
});

test('the network and the outbox in one line', () => {
  expect(say({ state: 'live' }, 0)).toEqual({ tone: 'good', text: 'на связи · всё отправлено' });
  expect(say({ state: 'offline', since: TUESDAY_10 - 18 * 60_000, retryAt: null }, 1)).toEqual({
    tone: 'bad',
    text: 'нет связи с 09:42 · не отправлено 1',
  });
  expect(say({ state: 'downloading', part: 'closed', rows: 40, estimate: 100 }, 0).text).toBe(
    'загрузка архива 40 % · всё отправлено',
  );
});

test('the moment of the loss is told by the centre’s clock', () => {
  const offline = { state: 'offline', since: TUESDAY_10 - 18 * 60_000, retryAt: null } as const;
  expect(say({ ...offline, since: offline.since - 3_600_000 }, 1, 3_600_000)).toEqual(say(offline, 1));
});

test('a centre that does not do its work is red once a restart would be over, and so is whoever answers for it', () => {
  const connecting = (attempt: number) => say({ state: 'connecting', attempt, retryAt: null }, 0);
  expect([1, 2].map((attempt) => connecting(attempt).tone)).toEqual(['waiting', 'waiting']);
  expect(connecting(3)).toEqual({ tone: 'bad', text: 'центр не отвечает · всё отправлено' });
  expect(say({ state: 'failed', kind: 'foreign', message: '' }, 0).tone).toBe('bad');
});

test('a download is never said to be done before it is', () => {
  expect(say({ state: 'downloading', part: 'closed', rows: 120, estimate: 100 }, 0).text).toContain('99 %');
  expect(say({ state: 'downloading', part: 'open', rows: 0, estimate: 0 }, 0).text).toContain('0 %');
});

test('the hint says what a click does, and when the next attempt is', () => {
  const hint = (connection: Connection) =>
    truthHint(
      {
        connection,
        unsent: 0,
        notAccepted: 0,
        archiveComplete: true,
        clockOffset: 0,
        attachments: [],
        alarms: [],
      },
      wordsOf('ru'),
      whenIn('Asia/Vladivostok', 'ru'),
      TUESDAY_10,
    );
  expect(hint({ state: 'live' })).toBe('Обменяться сейчас');
  expect(hint({ state: 'offline', since: TUESDAY_10, retryAt: TUESDAY_10 + 60_000 })).toBe(
    'Обменяться сейчас; сам Пульт попробует в 10:01',
  );
  expect(hint({ state: 'needs_login' })).toBe('Войти снова');
});
