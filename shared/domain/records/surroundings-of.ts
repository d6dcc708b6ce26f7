import { agencySchema } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { ownSurroundings, type OwnSurroundings } from './admit.ts';
import { municipalitiesById } from './place-surroundings.ts';
import { asksForDeadlines, policySurroundings } from './policy-surroundings.ts';
import { RECORD_RULES, type RecordKind } from './record-rules.ts';
import { topicShelf } from './topic-surroundings.ts';
import { routeSurroundings, type RowsOfKind } from './route-surroundings.ts';

/** Stored reference rows of a kind; topics say their ids (see `ownRow`). */
export type StoredRows = (kind: Parameters<RowsOfKind>[0] | 'agency' | 'policy') => readonly unknown[];

/**
 * Gives what a judge sees in a console, of all reference rows; what hangs on a row only the API knows
 * whole. Null for a kind that nobody judges.
 */
export function surroundingsOf(kind: RecordKind, rowsOf: StoredRows, at: Instant): OwnSurroundings | null {
  if (RECORD_RULES[kind].judge === null) return null;
  const agencies = readableOf(agencySchema, rowsOf('agency'));
  return ownSurroundings({
    at,
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    works: null,
    ...(kind === 'route' ? { routing: routeSurroundings(rowsOf) } : {}),
    ...(kind === 'municipality'
      ? { places: { municipalities: municipalitiesById(rowsOf('municipality')), uses: null } }
      : {}),
    ...(asksForDeadlines(kind) ? { deadlines: policySurroundings(rowsOf) } : {}),
    ...(kind === 'topic' ? { dictionary: { topics: topicShelf(rowsOf('topic')), uses: null } } : {}),
  });
}
