import type { Activity } from '#shared/domain/activity.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import type { Example } from '#shared/domain/example.ts';
import { REGISTER_KINDS, type RecordOf, type RegisterKind } from '#shared/domain/records/record-rules.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

/** A record with its kind, as lists and drawers take it. */
export type RegisterRecord = {
  readonly [K in RegisterKind]: { readonly kind: K; readonly row: RecordOf[K] };
}[RegisterKind];

export const kindAt = (named: string | undefined): RegisterKind =>
  memberOf(REGISTER_KINDS, named) ?? 'campaign';

/** By what records of a register are ordered, newest first. */
export function recordSortKey({ kind, row }: RegisterRecord): string {
  switch (kind) {
    case 'campaign':
      return row.from;
    case 'activity':
      return row.date;
    case 'example':
      // Within a month the first on paper is the first here.
      return `${row.month} ${String(1000 - row.order).padStart(4, '0')}`;
  }
}

export const blankCampaign = (id: string, today: LocalDate): Campaign => ({
  id,
  title: '',
  topics: [],
  reason: '',
  from: today,
  to: today,
  materials: [],
  posts: [],
  reach: null,
  note: '',
});

export const blankActivity = (id: string, today: LocalDate): Activity => ({
  id,
  kind: 'seminar',
  title: '',
  date: today,
  place: '',
  agencies: [],
  audience: null,
  topics: [],
  summary: '',
  materials: [],
});

/** The place of one more example: behind those there are. */
export const nextOrder = (examples: readonly Example[]): number =>
  Math.max(0, ...examples.map(({ order }) => order)) + 1;
