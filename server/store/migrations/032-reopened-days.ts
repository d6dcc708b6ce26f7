import type { Migration } from '#server/store/migration.ts';

/**
 * Facts tell every time an incident left work and came back (shared/report/facts/endings.ts), and the sums by
 * day have the comings back. All is emptied here and made anew when a summary is next asked for.
 */
export const reopenedDays: Migration = {
  name: '032-reopened-days',
  statements: [
    `truncate incident_fact, fact_day, fact_topic, fact_clock`,
    `alter table fact_day add column reopened bigint not null`,
  ],
};
