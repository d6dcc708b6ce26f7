import type { Migration } from '#server/store/migration.ts';

/**
 * Facts tell by columns which closings were come back from, and when: a message repeats a question that was
 * closed when it came, whatever became of that since (shared/report/facts/repeats.ts). All is emptied here
 * and made anew when a summary is next asked for.
 */
export const pastClosings: Migration = {
  name: '051-past-closings',
  statements: [
    `truncate incident_fact, fact_day, fact_topic, fact_clock`,
    `alter table incident_fact add column past_closed bigint[] not null, add column past_reopened bigint[] not null`,
    `create index incident_fact_past_closings on incident_fact (region_id) where past_closed <> '{}' and has_topic`,
  ],
};
