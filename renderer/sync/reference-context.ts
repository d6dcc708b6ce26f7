import { agencySchema, type Agency } from '#shared/domain/directory.ts';
import type { Actor } from '#shared/domain/actor.ts';
import {
  calendarOf,
  workingCalendarSchema,
  type CompiledCalendar,
  type WorkingCalendar,
} from '#shared/domain/calendar.ts';
import type { DecideContext } from '#shared/domain/context.ts';
import { deadlinePolicySchema, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import type { PendingCommand, SyncStore } from './sync-store.ts';

/** What decisions need of the reference rows, parsed and compiled once. */
export interface ReferenceFacts {
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
  readonly agencies: ReadonlyMap<string, Agency>;
}

/** Gives the facts as they are now; `forget` after reference rows have changed, in this window or another. */
export interface ReferenceContexts {
  facts(): Promise<ReferenceFacts>;
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
export function readFacts(rows: readonly ReferenceRow[], zone: string): ReferenceFacts {
  let calendar = null;
  const policies: DeadlinePolicy[] = [];
  const agencies = new Map<string, Agency>();
  for (const { kind, row } of rows) {
    if (kind === 'calendar') calendar = workingCalendarSchema.safeParse(row).data ?? calendar;
    if (kind === 'policy')
      policies.push(...[deadlinePolicySchema.safeParse(row).data].filter((policy) => policy !== undefined));
    if (kind === 'agency') {
      const agency = agencySchema.safeParse(row).data;
      if (agency !== undefined) agencies.set(agency.id, agency);
    }
  }
  return { calendar: calendarOf(calendar ?? provisionalCalendar(zone)), policies, agencies };
}

/** Facts read from the local store and kept until forgotten. */
export function referenceContexts(store: Pick<SyncStore, 'reference'>, zone: string): ReferenceContexts {
  let kept: Promise<ReferenceFacts> | null = null;
  return {
    facts: () => (kept ??= store.reference().then((rows) => readFacts(rows, zone))),
    forget: () => {
      kept = null;
    },
  };
}

/**
 * The context of the decision of one command. The number of a registration is the API's to give, so it is
 * null here.
 */
export function contextAt(
  facts: ReferenceFacts,
  actor: Actor,
  { id, at }: Pick<PendingCommand, 'id' | 'at'>,
  target: Incident | null,
): DecideContext {
  const hasAgency = (name: string): boolean => {
    const agency = facts.agencies.get(name);
    if (agency === undefined) return false;
    return (
      (agency.validFrom === undefined || agency.validFrom <= at) &&
      (agency.validTo === undefined || at < agency.validTo)
    );
  };
  return {
    actor,
    at,
    command: id,
    calendar: facts.calendar,
    policies: facts.policies,
    hasAgency,
    nextNumber: null,
    target,
  };
}
