import { typedCalendarSchema } from '#shared/domain/calendar.ts';
import { deadlinePolicySchema } from '#shared/domain/deadline.ts';
import { topicSchema } from '#shared/domain/dictionary.ts';
import { agencySchema, municipalitySchema } from '#shared/domain/directory.ts';
import { importanceRuleSchema } from '#shared/domain/importance-rule.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { readableOf } from '#shared/domain/readable.ts';
import type { RecordOf } from '#shared/domain/records/record-rules.ts';
import { routingRuleSchema } from '#shared/domain/routing.ts';
import { replyTemplateSchema } from '#shared/domain/templates/reply-template.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { agencyDirectory } from './agency-table.ts';
import { calendarTable } from './calendar-table.ts';
import { importanceTable } from './importance-table.ts';
import { placeTable } from './place-table.ts';
import { policyTable } from './policy-table.ts';
import { routeTable } from './route-table.ts';
import { templateTable } from './template-table.ts';
import { dictionaryTable } from './dictionary-table.ts';
import type { CalendarDay, SettingsRow } from './settings-row.ts';
import type { SettingsTable } from './settings-table.ts';

/** Kinds of settings that go out as a table and come back. */
export const TABLE_KINDS = [
  'route',
  'topic',
  'agency',
  'municipality',
  'policy',
  'importance_rule',
  'reply_template',
  'calendar',
] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

/** The basis that tables are made of: the region's reference rows as they are stored. */
export interface TableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  /** A file of topics is a whole version, in force from this moment; left out: it is some of them. */
  readonly version?: Instant | null;
  /** Rows say their ids (see `ownRow`). */
  readonly rowsOf: (kind: TableKind) => readonly unknown[];
}

/** The rows of a kind's table. */
type RowOf<K extends TableKind> = K extends 'calendar' ? CalendarDay : RecordOf[K];

const TABLES: { readonly [K in TableKind]: (basis: TableBasis) => SettingsTable<RowOf<K>> } = {
  route: ({ zone, at, rowsOf }) =>
    routeTable({
      zone,
      at,
      routes: readableOf(routingRuleSchema, rowsOf('route')),
      agencies: readableOf(agencySchema, rowsOf('agency')),
      municipalities: readableOf(municipalitySchema, rowsOf('municipality')),
      topics: readableOf(topicSchema, rowsOf('topic')),
    }),
  agency: ({ zone, at, rowsOf }) =>
    agencyDirectory({ zone, at, agencies: readableOf(agencySchema, rowsOf('agency')) }),
  municipality: ({ zone, at, rowsOf }) =>
    placeTable({ zone, at, municipalities: readableOf(municipalitySchema, rowsOf('municipality')) }),
  topic: ({ zone, at, version = null, rowsOf }) =>
    dictionaryTable({ zone, at, version, topics: readableOf(topicSchema, rowsOf('topic')) }),
  policy: ({ zone, at, rowsOf }) =>
    policyTable({
      zone,
      at,
      policies: readableOf(deadlinePolicySchema, rowsOf('policy')),
      agencies: readableOf(agencySchema, rowsOf('agency')),
      topics: readableOf(topicSchema, rowsOf('topic')),
    }),
  importance_rule: ({ zone, at, rowsOf }) =>
    importanceTable({
      zone,
      at,
      rules: readableOf(importanceRuleSchema, rowsOf('importance_rule')),
      topics: readableOf(topicSchema, rowsOf('topic')),
    }),
  reply_template: ({ zone, at, rowsOf }) =>
    templateTable({
      zone,
      at,
      templates: readableOf(replyTemplateSchema, rowsOf('reply_template')),
      topics: readableOf(topicSchema, rowsOf('topic')),
    }),
  calendar: ({ zone, rowsOf }) =>
    calendarTable({ zone, calendar: readableOf(typedCalendarSchema, rowsOf('calendar'))[0] ?? null }),
};

/** The table of a kind. */
export const settingsTable = (kind: TableKind, basis: TableBasis): SettingsTable<SettingsRow> =>
  TABLES[kind](basis) as unknown as SettingsTable<SettingsRow>;
