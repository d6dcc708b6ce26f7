import { CALENDAR_ID } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { dictionary2022 } from '#shared/domain/data/dictionary-2022.ts';
import { dictionary2024 } from '#shared/domain/data/dictionary-2024.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { parseTopics, type DictionarySource } from '#shared/domain/dictionary.ts';
import type { Directory } from '#shared/domain/directory.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';
import type { AccountRow } from '#shared/protocol/session.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';

const topicRows = (source: DictionarySource): ReferenceRow[] =>
  parseTopics(source).map((topic) => ({
    kind: 'topic',
    id: `${source.id}/${topic.group}/${topic.name}`,
    row: topic,
  }));

/**
 * The reference rows every region starts with, whatever it is: the calendar in its time zone, the deadlines,
 * both dictionaries.
 */
export function defaultReference(timeZone: string): ReferenceRow[] {
  return [
    { kind: 'calendar', id: CALENDAR_ID, row: defaultWorkingCalendar(timeZone) },
    ...defaultPolicies.map((policy): ReferenceRow => ({ kind: 'policy', id: policy.id, row: policy })),
    ...topicRows(dictionary2022),
    ...topicRows(dictionary2024),
  ];
}

/** A region's own directory and routing table as reference rows. */
export function directoryReference(directory: Directory, routes: readonly RoutingRule[]): ReferenceRow[] {
  return [
    ...directory.agencies.map((agency): ReferenceRow => ({ kind: 'agency', id: agency.id, row: agency })),
    ...directory.municipalities.map((municipality): ReferenceRow => ({
      kind: 'municipality',
      id: municipality.id,
      row: municipality,
    })),
    ...routes.map((route): ReferenceRow => ({ kind: 'route', id: route.id, row: route })),
  ];
}

/** An account as the region's consoles see it: for names in histories. */
export const accountReference = ({ id, displayName, role, agency }: AccountRow): ReferenceRow => ({
  kind: 'account',
  id,
  row: { id, displayName, role, agency },
});
