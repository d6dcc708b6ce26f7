import type { TFunction } from 'i18next';
import type { Instant } from '#shared/domain/instant.ts';
import type { When } from '#renderer/kit/words/when.ts';
import type { Sending } from './sending-api.ts';

/** States in which nothing happens any more until a person looks. */
export const NEED_A_PERSON: ReadonlySet<Sending['state']> = new Set([
  'possibly_sent',
  'needs_you',
  'cancelled',
]);

/** States that end by themselves. */
export const GO_BY_THEMSELVES: ReadonlySet<Sending['state']> = new Set(['queued', 'sending', 'waiting']);

/**
 * Puts a network's problem (`network:code`) into words; a code without words of its own is shown as its
 * number, which an administrator looks up.
 */
export function sendingProblemWords(problem: string | null, t: TFunction): string {
  const [network = '', code = ''] = (problem ?? '').split(':', 2);
  if (code === '' || code === 'unreachable') return t('sending.unreachable');
  return t(`sending.problem.${network}.${code}`, {
    defaultValue: t('sending.otherProblem', {
      network: t(`network.${network}`, { defaultValue: network }),
      code,
    }),
  });
}

/**
 * Says how far a reply has come. The seconds before it goes out are counted down: until then it can be taken
 * back.
 */
export function stateWords(
  { state, notBefore, problem }: Sending,
  { t, when, now }: { readonly t: TFunction; readonly when: When; readonly now: Instant },
): string {
  const seconds = Math.max(0, Math.ceil((notBefore - now) / 1000));
  return t(`sending.state.${state}`, {
    seconds,
    at: when.short(notBefore, now),
    problem: sendingProblemWords(problem, t),
  });
}
