import { describe, expect, test } from 'vitest';
import type { MailLog } from '#shared/protocol/notices.ts';
import { judgeMail } from '#renderer/screens/setup/judge-mail.ts';
import type { Verdict } from '#renderer/screens/setup/verdict.ts';

const NOW = Date.UTC(2026, 10, 29);
const found = ({ state, findings }: Verdict) => [state, ...findings];

describe('mail', () => {
  const log = (change: Partial<MailLog> = {}): MailLog => ({
    mails: [],
    people: 4,
    reached: 4,
    lastSentAt: NOW,
    ...change,
  });
  const failed = [{ state: 'dead' }] as unknown as MailLog['mails'];
  test.each([
    ['the centre was not asked', null, ['unknown', { kind: 'mail_unknown' }]],
    ['it is off', { isOn: false, log: log() }, ['missing', { kind: 'mail_off' }]],
    ['none went out', { isOn: true, log: log({ lastSentAt: null }) }, ['partly', { kind: 'no_mail_sent' }]],
    [
      'somebody has no address',
      { isOn: true, log: log({ reached: 3 }) },
      ['partly', { kind: 'mail_reaches', covered: 3, count: 4 }],
    ],
    [
      'one did not go out',
      { isOn: true, log: log({ mails: failed }) },
      ['partly', { kind: 'mail_reaches', covered: 4, count: 4 }, { kind: 'mails_failed', count: 1 }],
    ],
    ['all reach', { isOn: true, log: log() }, ['works', { kind: 'mail_reaches', covered: 4, count: 4 }]],
  ])('where %s', (_name, mail, expected) => {
    expect(found(judgeMail({ mail }))).toEqual(expected);
  });
});
