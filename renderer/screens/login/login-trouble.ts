import type { TFunction } from 'i18next';
import { MS_PER_MINUTE } from '#shared/domain/instant.ts';
import type { LoginFailure } from '#renderer/data/session/session-api.ts';

/** Gives whole minutes to wait, at least one. */
export const minutes = (ms: number): number => Math.max(1, Math.ceil(ms / MS_PER_MINUTE));

/** Says why the centre let nobody in, or set no password. */
export const loginTrouble = (result: LoginFailure, t: TFunction): string => {
  if (result.kind === 'unreachable') return t('session.unreachable');
  if (result.error === 'rate_limited')
    return t('session.tooOften', { count: minutes((result.retryAfterSeconds ?? 60) * 1000) });
  return result.error === 'forbidden' ? t('session.disabled') : t(`error.${result.error}`);
};
