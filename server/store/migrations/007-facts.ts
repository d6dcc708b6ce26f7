import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;

/**
 * Facts of incidents as summaries count them: a projection that server/report/project-facts.ts brings up to
 * date before it is read. It can be emptied at any time; writing an incident does not touch it. Executors see
 * nothing of it.
 */
export const facts: Migration = {
  name: '007-facts',
  statements: [
    `create table incident_fact (
      region_id text not null references region, id uuid not null, created_at bigint not null, day int not null,
      closed_at bigint, is_done boolean not null, is_solved boolean not null, is_taken boolean not null,
      is_answered boolean not null, working int, in_time boolean, topic_key text not null, has_topic boolean not null,
      author_key bigint not null, place_key bigint not null, fact jsonb not null, primary key (region_id, id))`,
    `create index incident_fact_created on incident_fact (region_id, created_at)
      include (day, topic_key, is_answered, working, in_time)`,
    `create index incident_fact_closed on incident_fact (region_id, closed_at) include (created_at, is_done, is_solved)`,
    // Up to which revision incidents are in, and by which calendar and policies they were judged.
    `create table fact_clock (region_id text primary key references region, v bigint not null, judged_v bigint not null)`,
    ...['incident_fact', 'fact_clock'].flatMap((table) => [
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy in_region on ${table} using (${IN_REGION}) with check (${IN_REGION})`,
      `create policy no_agency on ${table} as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
    ]),
  ],
};
