import { existsAt, isUnsorted, type Agency } from '#shared/domain/directory.ts';
import { verdict, type SetupFacts, type Verdict } from './setup-facts.ts';

/** Agencies that messages can be given to and that somebody has vouched for. */
export const agenciesAtWork = ({ reference, now }: SetupFacts): readonly Agency[] =>
  reference.agencies.filter((agency) => existsAt(agency, now) && !isUnsorted(agency));

/** Judges whether there is somebody to route to, and whether what imports brought was sorted. */
export function judgeAgencies(facts: SetupFacts): Verdict {
  const { reference, now } = facts;
  const unsorted = reference.agencies.filter((agency) => existsAt(agency, now) && isUnsorted(agency)).length;
  const atWork = agenciesAtWork(facts).length;
  if (atWork + unsorted === 0) return verdict('missing', { kind: 'no_agencies' });
  if (unsorted > 0) return verdict('partly', { kind: 'agencies_unsorted', count: unsorted });
  return verdict('works', { kind: 'agencies_at_work', count: atWork });
}
