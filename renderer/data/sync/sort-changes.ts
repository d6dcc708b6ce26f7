import { z } from 'zod';
import type { Incident } from '#shared/domain/incident.ts';
import { changeSchema, type ReferenceKind, type ReferenceRow } from '#shared/protocol/sync.ts';
import type { FeedPage } from './feed-page.ts';
import type { IncomingRows } from './local-step.ts';
import { isIncidentRow, setAsideOf } from './set-aside.ts';
import type { SetAside } from './sync-store.ts';

/** Changes of a page by what they are about. */
export interface SortedChanges {
  readonly incidents: IncomingRows;
  readonly reference: readonly ReferenceRow[];
  readonly referenceGone: readonly { readonly kind: ReferenceKind; readonly id: string }[];
  readonly unreadable: readonly SetAside[];
}

/** A change about something that this version does not know by name. */
const foreignChangeSchema = z.object({
  op: z.string(),
  entity: z.string(),
  id: z.string(),
  row: z.unknown().optional(),
});

/**
 * Reads the changes of a page one by one. Reference rows of a kind that this version does not know are kept
 * as they are, as the first download keeps them: a newer version finds them there.
 */
export function sortChanges({ changes }: Pick<FeedPage, 'changes'>): SortedChanges {
  const incidents = new Map<string, Incident | null>();
  const reference: ReferenceRow[] = [];
  const referenceGone: { kind: ReferenceKind; id: string }[] = [];
  const unreadable: SetAside[] = [];
  for (const raw of changes) {
    const known = changeSchema.safeParse(raw);
    const change = known.data ?? foreignChangeSchema.safeParse(raw).data;
    const row: unknown = change !== undefined && 'row' in change ? change.row : undefined;
    if (change === undefined) unreadable.push(setAsideOf(rowIn(raw)));
    else if (change.entity !== 'incident') {
      const { entity, id } = change;
      const kind = entity as ReferenceKind;
      if (change.op === 'put') reference.push({ kind, id, row });
      else referenceGone.push({ kind, id });
    } else if (change.op === 'del' || change.op === 'evict') incidents.set(change.id, null);
    else if (known.success && isIncidentRow(row) && row.id === change.id) incidents.set(change.id, row);
    else unreadable.push(setAsideOf(row, change.id));
  }
  return { incidents, reference, referenceGone, unreadable };
}

const rowIn = (change: unknown): unknown =>
  typeof change === 'object' && change !== null && 'row' in change ? change.row : change;
