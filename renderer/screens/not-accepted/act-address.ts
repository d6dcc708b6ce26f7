import { REGISTER_KINDS } from '#shared/domain/records/record-rules.ts';
import type { NotAccepted } from '#renderer/data/sync/sync-store.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

/** Screens of settings. */
const SCREENS: Readonly<Record<string, string>> = {
  agency: '/agencies',
  route: '/routes',
  municipality: '/places',
  policy: '/deadlines',
  topic: '/topics',
  importance_rule: '/importance',
  reply_template: '/templates',
};

/** Address of the incident or record that a command is about. */
export const actAddress = ({ args, incident }: Pick<NotAccepted, 'args' | 'incident'>): string => {
  const kind = memberOf(REGISTER_KINDS, (args as { readonly kind?: unknown } | null)?.kind);
  const setting = SCREENS[String((args as { readonly kind?: unknown } | null)?.kind)];
  if ((args as { readonly kind?: unknown } | null)?.kind === 'calendar') return '/calendar';
  if ((args as { readonly kind?: unknown } | null)?.kind === 'regulation') return '/rules';
  // Of many saved together the list is shown.
  if (setting !== undefined)
    return `${setting}${Object.hasOwn(args as object, 'rows') ? '' : `/${encodeURIComponent(incident)}`}`;
  return kind === undefined ? `/incident/${incident}` : `/records/${kind}/${incident}`;
};
