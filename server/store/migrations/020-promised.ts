import type { Migration } from '#server/store/migration.ts';

/**
 * True when something promised for a day is still open. In the words of the index, or the index is not used.
 */
export const HAS_OPEN_PROMISE = `jsonb_path_exists(row, '$.promises[*] ? (@.state == "open")')`;

/**
 * Promises that stand before the centre are few among a region's incidents: notes find them without reading
 * the rest.
 */
export const promised: Migration = {
  name: '020-promised',
  statements: [`create index incident_promised on incident (region_id) where ${HAS_OPEN_PROMISE}`],
};
