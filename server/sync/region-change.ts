import type { EventName } from '#shared/domain/event.ts';
import type { ReferenceKind } from '#shared/protocol/sync.ts';
import type { CommandDecision } from './decide-command.ts';

/** Something that was committed in a region, as far as work may follow from it (server/jobs/job.ts). */
export type RegionChange =
  | { readonly kind: 'saved'; readonly record: ReferenceKind }
  | { readonly kind: 'happened'; readonly event: EventName }
  /** Mails may go out that could not a moment ago: one was ordered, or how they go was changed. */
  | { readonly kind: 'mail_due' };

/** Changes after which mails may go out. */
export const MAIL_DUE: readonly RegionChange[] = [{ kind: 'mail_due' }];

/** Names what a decision changes, each thing once: a file of fourteen thousand routes is one. */
export function changesMade({
  change,
  records,
}: Pick<CommandDecision, 'change' | 'records'>): readonly RegionChange[] {
  const saved = new Set(records.map((record) => record.kind));
  const happened = new Set(change?.events.map(({ name }) => name));
  return [
    ...[...saved].map((record) => ({ kind: 'saved', record }) as const),
    ...[...happened].map((event) => ({ kind: 'happened', event }) as const),
  ];
}
