import type { Incident } from '#shared/domain/incident.ts';
import { observersIncident } from '#server/sync/observer-rows.ts';
import { hidesAuthors, type SyncSession } from '#server/sync/sync-session.ts';
import { isVisible } from './memory-state.ts';

/** The one row that a session gets of an incident, or none. */
export function rowFor(row: Incident, session: SyncSession): readonly Incident[] {
  if (!isVisible(row, session)) return [];
  return [hidesAuthors(session) ? observersIncident(row) : row];
}
