import type { Migration } from '#server/store/migration.ts';

/**
 * Facts tell which template a reply was begun with, and how many warnings of the checker were left standing
 * when replies were sent for approval. All is emptied here and made anew when a summary is next asked for.
 */
export const templateFacts: Migration = {
  name: '053-template-facts',
  statements: [`truncate incident_fact, fact_day, fact_topic, fact_clock`],
};
