import type { Migration } from '#server/store/migration.ts';

/**
 * Facts tell how often promises were moved. All is emptied here and made anew when a summary is next asked
 * for.
 */
export const movedPromises: Migration = {
  name: '054-moved-promises',
  statements: [`truncate incident_fact, fact_day, fact_topic, fact_clock`],
};
