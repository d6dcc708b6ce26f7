import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;

/**
 * Facts are values without names now (server/report/packed-facts.ts), and text: they are given as they were
 * written, many in one value. Messages by topic are sums by day. Closings are found by when they were, for
 * repeats. All is emptied here and made anew when a summary is next asked for.
 */
export const quickFacts: Migration = {
  name: '022-quick-facts',
  statements: [
    `truncate incident_fact, fact_day, fact_clock`,
    `drop index incident_fact_created, incident_fact_author, incident_fact_place`,
    `alter table incident_fact drop column fact, drop column is_taken`,
    `alter table incident_fact add column fact json not null`,
    `create index incident_fact_created on incident_fact (region_id, created_at)`,
    `create index incident_fact_closings on incident_fact (region_id, closed_at)
      include (topic_key, author_key, place_key) where is_done and has_topic`,
    `create table fact_topic (
      region_id text not null references region, day int not null, topic_key text not null, received bigint not null,
      primary key (region_id, day, topic_key))`,
    `alter table fact_topic enable row level security`,
    `alter table fact_topic force row level security`,
    `create policy in_region on fact_topic using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy no_agency on fact_topic as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
  ],
};
