import type { JudgedRegion } from './judged-region.ts';
import { verdict, type Verdict } from './verdict.ts';

/** Judges whether mails go out, and whether they reach the people of the centre. */
export function judgeMail({ mail }: Pick<JudgedRegion, 'mail'>): Verdict {
  if (mail === null) return verdict('unknown', { kind: 'mail_unknown' });
  const { isOn, log } = mail;
  if (!isOn) return verdict('missing', { kind: 'mail_off' });
  const failed = log.mails.filter(({ state }) => state === 'dead').length;
  if (log.lastSentAt === null) return verdict('partly', { kind: 'no_mail_sent' });
  const reached = { kind: 'mail_reaches', covered: log.reached, count: log.people };
  if (failed > 0) return verdict('partly', reached, { kind: 'mails_failed', count: failed });
  return verdict(log.reached < log.people ? 'partly' : 'works', reached);
}
