import type { TFunction } from 'i18next';
import type { MailOutcome } from '#shared/protocol/mail.ts';

/** Says what stood in a mail's way, and what mends it; '' where nothing did. */
export function problemWords({ problem, code }: MailOutcome, to: string, t: TFunction): string {
  if (problem === null) return '';
  const words = t(`mail.problem.${problem}`, { to });
  return code === null ? words : t('mail.withCode', { words, code });
}
