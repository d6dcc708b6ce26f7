import type { QueueQuery } from './console-store.ts';

/** What the queue asks first, and how many rows of it are kept ready for the next start. */
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

/** Whether the kept first screen answers this question. */
export const isFirstScreen = (query: QueueQuery, offset: number, limit: number): boolean =>
  offset === 0 && limit <= FIRST_ROWS && canonical(query) === FIRST;
