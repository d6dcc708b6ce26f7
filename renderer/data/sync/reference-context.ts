import { agencyWeeks } from '#shared/domain/agency-hours.ts';
import { agencySchema, type Agency } from '#shared/domain/directory.ts';
import { calendarOf, workingCalendarSchema, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { CentreSettings } from '#shared/domain/decide-context.ts';
import { deadlinePolicySchema, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import { DEFAULT_REGULATION, regulationOf } from '#shared/domain/regulation.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { accountRowSchema } from '#shared/protocol/session.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { deputiesOf, type Deputies } from './deputies.ts';
import type { SyncStore } from './sync-store.ts';

/**
 * Gives the settings as they are now; `forget` after reference rows have changed, in this window or another.
 */
export interface ReferenceContexts {
  settings(): Promise<CentreSettings>;
  deputies(): Promise<Deputies>;
  forget(): void;
}

const OFFICE_HOURS = { from: '08:30', to: '17:30' } as const;

/**
 * Until the region's calendar has arrived: plain office hours, so that a provisional deadline can be shown at
 * all.
 */
const provisionalCalendar = (zone: string): WorkingCalendar => ({
  zone,
  week: [...Array.from({ length: 5 }, () => OFFICE_HOURS), null, null],
  days: {},
});

/**
 * Reads reference rows. A row this version cannot read is left out: the API is the judge, this copy is only
 * provisional.
 */
export function centreSettingsOf(rows: readonly ReferenceRow[], zone: string): CentreSettings {
  let calendar = null;
  let regulation = DEFAULT_REGULATION;
  const policies: DeadlinePolicy[] = [];
  const agencies = new Map<string, Agency>();
  for (const { kind, row } of rows) {
    if (kind === 'calendar') calendar = workingCalendarSchema.safeParse(row).data ?? calendar;
    if (kind === 'regulation') regulation = regulationOf(row);
    if (kind === 'policy')
      policies.push(...[deadlinePolicySchema.safeParse(row).data].filter((policy) => policy !== undefined));
    if (kind === 'agency') {
      const agency = agencySchema.safeParse(row).data;
      if (agency !== undefined) agencies.set(agency.id, agency);
    }
  }
  const weeks = agencyWeeks(agencies.values());
  return {
    calendar: calendarOf(calendar ?? provisionalCalendar(zone), weeks),
    policies,
    agencies,
    regulation,
  };
}

const deputiesIn = (rows: readonly ReferenceRow[]): Deputies =>
  deputiesOf(
    readableOf(
      accountRowSchema,
      rows.filter(({ kind }) => kind === 'account').map(({ row }) => row),
    ),
  );

/** Settings read from the local store and kept until forgotten. */
export function referenceContexts(store: Pick<SyncStore, 'reference'>, zone: string): ReferenceContexts {
  let kept: Promise<CentreSettings> | null = null;
  let deputies: Promise<Deputies> | null = null;
  return {
    settings: () => (kept ??= store.reference().then((rows) => centreSettingsOf(rows, zone))),
    deputies: () => (deputies ??= store.reference().then(deputiesIn)),
    forget: () => {
      kept = null;
      deputies = null;
    },
  };
}
