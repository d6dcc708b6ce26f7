import { useMemo } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { LANES, type Lane, type QueueQuery } from '#renderer/data/store/console-store.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

const LISTS = {
  municipalities: 'municipality',
  groups: 'group',
  topics: 'topic',
  agencies: 'agency',
  networks: 'network',
} as const;
export type ListField = keyof typeof LISTS;

/** Orders of the queue, in the order in which its button goes through them. */
export const SORTS: readonly QueueQuery['sort'][] = ['due', 'created', 'newest'];
const instantIn = (text: string | null): number | null =>
  text !== null && /^\d{10,14}$/.test(text) ? Number(text) : null;

/**
 * The queue's conditions as its address says them, so that a figure in a report can open exactly its
 * incidents.
 */
export function readQuery(lane: string | undefined, search: string): QueueQuery {
  const params = new URLSearchParams(search);
  return {
    lane: memberOf(LANES, lane) ?? 'new',
    municipalities: params.getAll(LISTS.municipalities),
    groups: params.getAll(LISTS.groups),
    topics: params.getAll(LISTS.topics),
    agencies: params.getAll(LISTS.agencies),
    networks: params.getAll(LISTS.networks),
    text: params.get('text') ?? '',
    from: instantIn(params.get('from')),
    to: instantIn(params.get('to')),
    sort: memberOf(SORTS, params.get('sort')) ?? (lane === 'closed' ? 'newest' : 'due'),
  };
}

/** The address of a queue with these conditions; what is left out means «any». */
export function queueAddress(query: Partial<QueueQuery> & { readonly lane: Lane }): string {
  const params = new URLSearchParams();
  for (const [field, name] of Object.entries(LISTS))
    (query[field as ListField] ?? []).forEach((value) => params.append(name, value));
  if (query.text) params.set('text', query.text);
  if (query.from) params.set('from', String(query.from));
  if (query.to) params.set('to', String(query.to));
  const isUsual = query.sort === (query.lane === 'closed' ? 'newest' : 'due');
  if (query.sort && !isUsual) params.set('sort', query.sort);
  const search = params.toString();
  return `/queue/${query.lane}${search === '' ? '' : `?${search}`}`;
}

/** The query of the present address and the way to change it. */
export function useQueueQuery(): readonly [query: QueueQuery, change: (change: Partial<QueueQuery>) => void] {
  const { lane } = useParams<{ lane: string }>();
  const search = useSearch();
  const [, goTo] = useLocation();
  const query = useMemo(() => readQuery(lane, search), [lane, search]);
  return [query, (change) => goTo(queueAddress({ ...query, ...change }), { replace: true })];
}

export const isFiltered = (query: QueueQuery): boolean =>
  query.text !== '' ||
  query.from !== null ||
  query.to !== null ||
  (Object.keys(LISTS) as ListField[]).some((field) => query[field].length > 0);
