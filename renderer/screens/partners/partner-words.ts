import type { TFunction } from 'i18next';
import type { Instant } from '#shared/domain/instant.ts';
import type { When } from '#renderer/kit/words/when.ts';
import type { Delivery, Partner } from './partners-api.ts';

/** Describes a partner in a line: its key, its reading rights, the requests it has handed in. */
export function aboutWords(
  { keyHint, reads, requests, seenAt }: Partner,
  t: TFunction,
  when: When,
  now: Instant,
): string {
  return [
    t('partners.keyHint', { hint: keyHint }),
    t(`partners.reads.${reads}`),
    t('partners.requests', { count: requests }),
    seenAt === null ? t('partners.neverSeen') : t('partners.seen', { at: when.short(seenAt, now) }),
  ].join(' · ');
}

/** Says why a message did not arrive. A problem is a name, or a name and a number after a colon. */
function problemWords(problem: string | null, t: TFunction): string {
  const [kind = '', detail = ''] = (problem ?? '').split(':', 2);
  return problem === null ? '' : t(`partners.problem.${kind}`, { detail, defaultValue: problem });
}

/** Says how far a message has come, and why no farther. */
export function deliveryWords({ state, problem, notBefore }: Delivery, t: TFunction, when: When): string {
  const words = t(`partners.delivery.${state}`, { at: when.full(notBefore) });
  const why = state === 'sent' ? '' : problemWords(problem, t);
  return why === '' ? words : `${words} ${why}`;
}
