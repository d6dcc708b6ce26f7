import { topicSchema } from '#shared/domain/dictionary.ts';
import { agencySchema, municipalitySchema } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { readableOf } from '#shared/domain/readable.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import type { RecordOf } from '#shared/domain/records/record-rules.ts';
import { routingRuleSchema } from '#shared/domain/routing.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { agencyDirectory } from './agency-table.ts';
import { placeTable } from './place-table.ts';
import { routeTable } from './route-table.ts';
import { dictionaryTable } from './dictionary-table.ts';
import type { SettingsTable } from './settings-table.ts';

/** Kinds of settings that go out as a table and come back. */
export const TABLE_KINDS = ['route', 'topic', 'agency', 'municipality'] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

/** The basis that tables are made of: the region's reference rows as they are stored. */
export interface TableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  /** A file of topics is a whole version, in force from this moment; left out: it is some of them. */
  readonly version?: Instant | null;
  /** Rows say their ids (see `ownRow`). */
  readonly rowsOf: (kind: 'agency' | 'municipality' | 'topic' | 'route') => readonly unknown[];
}

const TABLES: { readonly [K in TableKind]: (basis: TableBasis) => SettingsTable<RecordOf[K]> } = {
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
};

/** The table of a kind. */
export const settingsTable = (kind: TableKind, basis: TableBasis): SettingsTable<CentreRecord> =>
  TABLES[kind](basis) as unknown as SettingsTable<CentreRecord>;
