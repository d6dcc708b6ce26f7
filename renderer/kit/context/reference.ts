import type { z } from 'zod';
import { agencyWeeks } from '#shared/domain/agency-hours.ts';
import { calendarOf, workingCalendarSchema, type CompiledCalendar } from '#shared/domain/calendar.ts';
import { deadlinePolicySchema, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import {
  agencySchema,
  municipalitySchema,
  type Agency,
  type Municipality,
} from '#shared/domain/directory.ts';
import { importanceRuleSchema, type ImportanceRule } from '#shared/domain/importance-rule.ts';
import { isInForce, topicSchema, type Topic } from '#shared/domain/dictionary.ts';
import { ownRow } from '#shared/domain/records/own-row.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { regulationOf, type Regulation } from '#shared/domain/regulation.ts';
import { routingRuleSchema, type RoutingRule } from '#shared/domain/routing.ts';
import { replyTemplateSchema, type ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { accountRowSchema, type AccountRow } from '#shared/protocol/session.ts';
import type { ReferenceKind, ReferenceRow } from '#shared/protocol/sync.ts';
import type { Instant } from '#shared/domain/instant.ts';

/** A topic with the id of its row. */
export type TopicRow = Topic & { readonly id: string };

/** The region's reference data as the screens use it. */
export interface Reference {
  readonly zone: string;
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
  readonly agencies: readonly Agency[];
  readonly municipalities: readonly Municipality[];
  readonly topics: readonly TopicRow[];
  readonly routes: readonly RoutingRule[];
  readonly accounts: readonly AccountRow[];
  readonly regulation: Regulation;
  readonly importanceRules: readonly ImportanceRule[];
  readonly templates: readonly ReplyTemplate[];
}

const officeHours = { from: '08:30', to: '17:30' };
const provisional = (zone: string) => ({
  zone,
  week: [...Array.from({ length: 5 }, () => officeHours), null, null],
  days: {},
});

/** Reads reference rows; one this version cannot read is left out, for the console must open in any case. */
export function readReference(rows: readonly ReferenceRow[], zone: string): Reference {
  const all = <T>(kind: ReferenceKind, schema: z.ZodType<T>): T[] =>
    readableOf(schema, rows.filter((row) => row.kind === kind).map(ownRow));
  const [calendar] = all('calendar', workingCalendarSchema);
  const agencies = all('agency', agencySchema);
  return {
    zone,
    calendar: calendarOf(calendar ?? provisional(zone), agencyWeeks(agencies)),
    policies: all('policy', deadlinePolicySchema),
    agencies,
    municipalities: all('municipality', municipalitySchema),
    topics: all('topic', topicSchema) as readonly TopicRow[],
    routes: all('route', routingRuleSchema),
    accounts: all('account', accountRowSchema),
    regulation: regulationOf(rows.find(({ kind }) => kind === 'regulation')?.row),
    importanceRules: all('importance_rule', importanceRuleSchema),
    templates: all('reply_template', replyTemplateSchema),
  };
}

/** The agency's short name, or its id while the directory has not come. */
export const agencyName = (reference: Reference, id: string): string =>
  reference.agencies.find((agency) => agency.id === id)?.shortName ?? id;

/** A person's name for history lines; ids of people who left stay readable as they are. */
export const personName = (reference: Reference, id: string): string =>
  reference.accounts.find((account) => account.id === id)?.displayName ?? id;

/** A template's name, or its id where this console does not have it. */
export const templateName = (reference: Reference, id: string): string =>
  reference.templates.find((template) => template.id === id)?.name ?? id;

export const municipalityName = (reference: Reference, name: string): string =>
  reference.municipalities.find((municipality) => municipality.name === name)?.shortName ?? name;

/** Topics that may be given at a moment. */
export const topicsInForce = (reference: Reference, at: Instant): readonly TopicRow[] =>
  reference.topics.filter((topic) => isInForce(topic, at));
