import { REGISTER_KINDS } from '#shared/domain/records/record-rules.ts';
import type { NotAccepted } from '#renderer/data/sync/sync-store.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

/** Address of the incident or record that a command is about. */
export const actAddress = ({ args, incident }: Pick<NotAccepted, 'args' | 'incident'>): string => {
  const kind = memberOf(REGISTER_KINDS, (args as { readonly kind?: unknown } | null)?.kind);
  if ((args as { readonly kind?: unknown } | null)?.kind === 'agency') return `/agencies/${incident}`;
  return kind === undefined ? `/incident/${incident}` : `/records/${kind}/${incident}`;
};
