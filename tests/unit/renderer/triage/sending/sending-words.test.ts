import { describe, expect, test } from 'vitest';
import { REPLY_SEND_STATES } from '#shared/protocol/channels.ts';
import { whenIn } from '#renderer/kit/words/when.ts';
import type { Sending } from '#renderer/triage/sending/sending-api.ts';
import { sendingProblemWords, stateWords } from '#renderer/triage/sending/sending-words.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';
import { TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const SENDING: Sending = {
  id: ID,
  incident: ID,
  origin: ID,
  reply: 0,
  network: 'vk',
  page: 'ЦУР',
  author: 'Анна',
  state: 'queued',
  notBefore: TUESDAY_10,
  problem: 'vk:9',
  link: null,
};

describe.each(['ru', 'en'] as const)('in %s', (language) => {
  const t = wordsOf(language);
  const when = whenIn('Asia/Vladivostok', language);

  test.each(REPLY_SEND_STATES)('%s is a sentence without gaps', (state) => {
    const words = stateWords({ ...SENDING, state }, { t, when, now: TUESDAY_10 - 14_200 });
    expect(words).not.toMatch(/sending\.|\{\{/);
    expect(words.length).toBeGreaterThan(4);
  });

  test('seconds are counted down before a sending, and a wait says until when', () => {
    const at = { t, when, now: TUESDAY_10 - 14_200 };
    expect(stateWords(SENDING, at)).toContain('15');
    expect(stateWords({ ...SENDING, state: 'waiting' }, at)).toContain('10:00');
  });

  test('a problem is told in words, one that has none by its network and number', () => {
    expect(sendingProblemWords('vk:14', t)).not.toContain('14');
    expect(sendingProblemWords('vk:99999', t)).toContain('99999');
    expect(sendingProblemWords('elsewhere:12', t)).toContain('elsewhere');
    for (const silent of [null, 'vk:unreachable', 'max:unreachable'])
      expect(sendingProblemWords(silent, t)).toBe(t('sending.unreachable'));
    expect(sendingProblemWords('pult:page_off', t)).not.toMatch(/page_off|sending\./);
  });
});
