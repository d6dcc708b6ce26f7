import { existsAt, isUnsorted, type Agency } from '#shared/domain/directory.ts';
import type { JudgedRegion } from './judged-region.ts';
import { verdict, type Verdict } from './verdict.ts';

/** Agencies that messages can be given to and that somebody has vouched for. */
export const agenciesAtWork = ({ reference, now }: JudgedRegion): readonly Agency[] =>
  reference.agencies.filter((agency) => existsAt(agency, now) && !isUnsorted(agency));

/** Judges whether there is somebody to route to, and whether what imports brought was sorted. */
export function judgeAgencies(region: JudgedRegion): Verdict {
  const { reference, now } = region;
  const unsorted = reference.agencies.filter((agency) => existsAt(agency, now) && isUnsorted(agency)).length;
  const atWork = agenciesAtWork(region).length;
  if (atWork + unsorted === 0) return verdict('missing', { kind: 'no_agencies' });
  if (unsorted > 0) return verdict('partly', { kind: 'agencies_unsorted', count: unsorted });
  return verdict('works', { kind: 'agencies_at_work', count: atWork });
}

/** Judges whether addresses can be chosen, and found in what residents write. */
export function judgePlaces({ reference, now }: JudgedRegion): Verdict {
  const open = reference.municipalities.filter((one) => existsAt(one, now));
  const unsorted = open.filter(isUnsorted).length;
  if (open.length === 0) return verdict('missing', { kind: 'no_places' });
  if (unsorted > 0) return verdict('partly', { kind: 'places_unsorted', count: unsorted });
  const atWork = { kind: 'places_at_work', count: open.length };
  // The pseudo-municipality of the whole region has no villages of its own.
  const empty = open.filter(({ kind, settlements }) => kind !== 'other' && settlements.length === 0).length;
  return empty === 0
    ? verdict('works', atWork)
    : verdict('partly', atWork, { kind: 'places_without_settlements', count: empty });
}
