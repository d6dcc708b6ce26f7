import type { Migration } from '#server/store/migration.ts';

/**
 * Facts tell how many replies were approved by those who wrote them. All is emptied here and made anew when a
 * summary is next asked for.
 */
export const ownApprovals: Migration = {
  name: '034-own-approvals',
  statements: [`truncate incident_fact, fact_day, fact_topic, fact_clock`],
};
