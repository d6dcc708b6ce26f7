/**
 * Incidents, or reference rows, that one revision may hold: a page of the feed never splits a revision, so it
 * must not be large.
 */
export const CHANGES_PER_REVISION = 500;
