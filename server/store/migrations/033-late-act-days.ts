import type { Migration } from '#server/store/migration.ts';

/**
 * Facts tell when acts were entered that had happened before (shared/report/facts/entered-later.ts), and the
 * sums by day count them. All is emptied here and made anew when a summary is next asked for.
 */
export const lateActDays: Migration = {
  name: '033-late-act-days',
  statements: [
    `truncate incident_fact, fact_day, fact_topic, fact_clock`,
    `alter table fact_day add column entered_later bigint not null`,
  ],
};
