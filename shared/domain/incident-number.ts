import type { Incident } from './incident.ts';

/**
 * The highest number that may come from outside: what PostgreSQL's int holds. Numbers given here have a
 * counter of their own, so that one of these never moves it.
 */
export const HIGHEST_NUMBER = 2_147_483_647;

/** Numbers a region may begin with: from there to {@link HIGHEST_NUMBER} a billion incidents have room. */
export const FIRST_NUMBERS = { lowest: 1, highest: 1_000_000_000, usual: 1_000_001 } as const;

/**
 * Tells whether an incident began here, so that its number is this region's own and no label of the registry.
 */
export const isOwn = ({ externalId, imported }: Incident): boolean =>
  externalId === null && imported === null;
