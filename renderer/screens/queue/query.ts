import { useMemo } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { LANES, type Lane, type QueueQuery } from '#renderer/data/store/console-store.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import type { Municipality } from '#shared/domain/directory.ts';
import { useProfile, useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { keepPlaceChoice, usePlaceChoice } from '#renderer/kit/preferences/place-choice.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

const LISTS = {
  municipalities: 'municipality',
  groups: 'group',
  topics: 'topic',
  agencies: 'agency',
  networks: 'network',
} as const;
export type ListField = keyof typeof LISTS;

/** In a list of municipalities: whatever has no place yet. */
export const UNPLACED = '';

/** Orders of the queue, in the order in which its button goes through them. */
export const SORTS: readonly QueueQuery['sort'][] = ['due', 'created', 'newest', 'waiting', 'promised'];

/** Lanes that open in an order of their own: on approval by the wait, promises by their own moment. */
const USUAL: Partial<Record<Lane, QueueQuery['sort']>> = {
  closed: 'newest',
  approval: 'waiting',
  promised: 'promised',
};
const usualSort = (lane: string | undefined): QueueQuery['sort'] =>
  USUAL[memberOf(LANES, lane) ?? 'new'] ?? 'due';

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
    sort: memberOf(SORTS, params.get('sort')) ?? usualSort(lane),
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
  if (query.sort && query.sort !== usualSort(query.lane)) params.set('sort', query.sort);
  const search = params.toString();
  return `/queue/${query.lane}${search === '' ? '' : `?${search}`}`;
}

const { lane: _lane, sort: _sort, ...none } = FIRST_QUERY;
/** The change that takes every condition off. */
export const NO_CONDITIONS: Partial<QueueQuery> = none;

/**
 * Gives the municipalities that a queue without conditions opens with, where an administrator has set some:
 * those that the person chose here last, else the administrator's, and with them whatever has no place yet,
 * which is anybody's.
 */
export function openingPlaces(
  chosen: readonly string[] | null,
  own: readonly string[],
  municipalities: readonly Municipality[],
): readonly string[] {
  const names = municipalities.flatMap(({ id, name }) => (own.includes(id) ? [name] : []));
  if (names.length === 0) return [];
  return chosen ?? [...names, UNPLACED];
}

/** Gives what an address without any condition opens with. */
function useOpeningPlaces(): readonly string[] {
  const { accounts, municipalities } = useReference();
  const { id } = useSession().account;
  const chosen = usePlaceChoice(useProfile());
  const own = accounts.find((account) => account.id === id)?.municipalities;
  return useMemo(() => openingPlaces(chosen, own ?? [], municipalities), [chosen, own, municipalities]);
}

/** The query of the present address and the way to change it. */
export function useQueueQuery(): readonly [query: QueueQuery, change: (change: Partial<QueueQuery>) => void] {
  const { lane } = useParams<{ lane: string }>();
  const search = useSearch();
  const [, goTo] = useLocation();
  const profile = useProfile();
  const opening = useOpeningPlaces();
  const query = useMemo(() => {
    const said = readQuery(lane, search);
    return isFiltered(said) ? said : { ...said, municipalities: opening };
  }, [lane, search, opening]);
  return [
    query,
    (change) => {
      if (change.municipalities !== undefined) keepPlaceChoice(profile, change.municipalities);
      goTo(queueAddress({ ...query, ...change }), { replace: true });
    },
  ];
}

export const isFiltered = (query: QueueQuery): boolean =>
  query.text !== '' ||
  query.from !== null ||
  query.to !== null ||
  (Object.keys(LISTS) as ListField[]).some((field) => query[field].length > 0);
