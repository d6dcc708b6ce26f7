import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;

/**
 * The sums by day of shared/report/facts/day-book.ts, kept with the facts they are the sums of. What
 * they say is no longer in columns of the facts; closings are found by who asked, for repeats. Facts are
 * emptied here and made anew when a summary is next asked for.
 */
export const daySums: Migration = {
  name: '018-day-sums',
  statements: [
    `truncate incident_fact, fact_clock`,
    `alter table incident_fact drop column day, drop column is_solved, drop column is_answered, drop column working,
      drop column in_time`,
    `drop index if exists incident_fact_created, incident_fact_closed`,
    `create index incident_fact_created on incident_fact (region_id, created_at) include (topic_key)`,
    `create index incident_fact_author on incident_fact (region_id, author_key, topic_key, closed_at)
      where is_done and has_topic and author_key <> 0`,
    `create index incident_fact_place on incident_fact (region_id, place_key, topic_key, closed_at)
      where is_done and has_topic and place_key <> 0`,
    `create table fact_day (
      region_id text not null references region, day int not null, received bigint not null, answered bigint not null,
      working_sum bigint not null, working_count bigint not null, in_time bigint not null, judged bigint not null,
      closed bigint not null, solved bigint not null, rejected bigint not null, merged bigint not null,
      gone bigint not null, primary key (region_id, day))`,
    // Days are those of a zone: another zone is another projection.
    `alter table fact_clock add column zone text not null`,
    `alter table fact_day enable row level security`,
    `alter table fact_day force row level security`,
    `create policy in_region on fact_day using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy no_agency on fact_day as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
  ],
};
