import type { TFunction } from 'i18next';
import type { Instant } from '#shared/domain/instant.ts';
import { agencyName, type Reference } from '#renderer/kit/context/reference.ts';
import type { When } from '#renderer/kit/words/when.ts';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';

const field = (args: unknown, name: string): unknown =>
  typeof args === 'object' && args !== null && Object.hasOwn(args, name)
    ? (args as Record<string, unknown>)[name]
    : undefined;

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Puts into words everything the person typed or chose, whatever the command was: none of it may be lost. */
export function typedText(
  args: unknown,
  t: TFunction,
  reference: Reference,
  when: When,
  now: Instant,
): string {
  const free = ['text', 'reason', 'comment', 'unit', 'account', 'link', 'late']
    .map((name) => asText(field(args, name)))
    .filter(Boolean);
  const agency = asText(field(args, 'agency'));
  const topic = asText(field(args, 'topic'));
  const place = field(args, 'place');
  const until = field(args, 'until');
  const happened = field(args, 'happened');
  const happenedAt = field(happened, 'at');
  const came = field(args, 'came');
  const cameAt = field(came, 'at');
  const row = field(args, 'row');
  const outcome = asText(field(args, 'outcome'));
  return [
    topic === '' ? '' : [asText(field(args, 'group')), topicLabel(topic)].join(' · '),
    agency === '' ? '' : t('notAccepted.to', { agency: agencyName(reference, agency) }),
    typeof place === 'object' && place !== null ? Object.values(place).filter(Boolean).join(', ') : '',
    typeof until === 'number' ? when.short(until, now) : '',
    outcome === '' ? '' : t(`outcome.${outcome}`),
    ...Object.values(typeof row === 'object' && row !== null ? row : {}).filter(
      (value) => typeof value === 'string' && value !== field(row, 'id'),
    ),
    ...free,
    typeof cameAt === 'number'
      ? t(`came.${asText(field(came, 'way'))}`, { at: when.short(cameAt, now) })
      : '',
    typeof happenedAt === 'number' ? when.short(happenedAt, now) : '',
    asText(field(happened, 'reason')),
  ]
    .filter(Boolean)
    .join('\n');
}
