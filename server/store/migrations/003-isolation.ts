import type { Migration } from '#server/store/migration.ts';

const WITH_REGION = [
  'region',
  'sync_clock',
  'incident',
  'event',
  'change_log',
  'sync_client',
  'sync_command',
  'reference',
  'import_run',
  'account',
  'session',
  'audit',
] as const;

/**
 * Null when nothing is set, empty after a transaction that set it: neither equals any region, so nothing is
 * seen.
 */
const IN_REGION = `region_id = current_setting('pult.region', true)`;

/** Restrictive, so it narrows the region's policy: unset or empty means no agency limit. */
const AGENCY_UNSET = `coalesce(current_setting('pult.agency', true), '') = ''`;
const OF_AGENCY = `${AGENCY_UNSET} or current_setting('pult.agency', true) = any(agencies)`;
const OF_AGENCY_OR_ALL = `${AGENCY_UNSET} or agencies is null or current_setting('pult.agency', true) = any(agencies)`;
/** The subquery is itself under the incident's policies. */
const OF_VISIBLE_INCIDENT = `${AGENCY_UNSET} or exists (select 1 from incident i where i.region_id = event.region_id and i.id = event.incident_id)`;

/** Row-level security, forced: it holds for the tables' owner too. */
export const isolation: Migration = {
  name: '003-isolation',
  statements: [
    ...WITH_REGION.flatMap((table) => [
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy in_region on ${table} using (${IN_REGION}) with check (${IN_REGION})`,
    ]),
    `create policy of_agency on incident as restrictive using (${OF_AGENCY}) with check (${OF_AGENCY})`,
    `create policy of_agency on event as restrictive using (${OF_VISIBLE_INCIDENT}) with check (${OF_VISIBLE_INCIDENT})`,
    `create policy of_agency on change_log as restrictive using (${OF_AGENCY_OR_ALL}) with check (${OF_AGENCY_OR_ALL})`,
    // What must be found before a region is known is read by the owner's functions only (004), hence these
    // four.
    ...['region', 'sync_clock', 'account', 'session'].map(
      (table) => `create policy owner_reads on ${table} for select to current_user using (true)`,
    ),
  ],
};
