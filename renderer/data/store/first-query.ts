import type { QueueQuery } from './console-store.ts';

/** The question the queue asks first; the first rows of its answer are kept ready for the next start. */
export const FIRST_QUERY: QueueQuery = {
  lane: 'new',
  municipalities: [],
  groups: [],
  topics: [],
  agencies: [],
  networks: [],
  text: '',
  from: null,
  to: null,
  sort: 'due',
};
export const FIRST_ROWS = 50;

const canonical = (query: QueueQuery): string =>
  JSON.stringify(Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1)));
const FIRST = canonical(FIRST_QUERY);

/** True when the kept first screen answers this question. */
export const isFirstScreen = (query: QueueQuery, offset: number, limit: number): boolean =>
  offset === 0 && limit <= FIRST_ROWS && canonical(query) === FIRST;
