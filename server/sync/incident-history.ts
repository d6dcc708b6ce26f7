import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { observersEvent, observersIncident } from './observer-rows.ts';
import { hidesAuthors, scopeOf, type SyncSession } from './sync-session.ts';

/** One stored event. `recordedAt` is when the API learned of what happened `at`. */
export interface HistoryEvent {
  readonly n: number;
  readonly v: number;
  readonly name: string;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly by: string;
  readonly command: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * An incident as it is now with every event that made it; null when this session may not see it or there is
 * none.
 */
export async function incidentWithEvents(
  db: Database,
  session: SyncSession,
  id: string,
): Promise<{
  readonly v: number;
  readonly incident: Incident;
  readonly events: readonly HistoryEvent[];
} | null> {
  const isBlanked = hidesAuthors(session);
  return withScope(db, scopeOf(session), async (tx) => {
    const found = await tx
      .selectFrom('incident')
      .select(['v', 'row'])
      .where('region_id', '=', session.region)
      .where('id', '=', id)
      .executeTakeFirst();
    if (found === undefined) return null;
    const incident = found.row as unknown as Incident;
    const rows = await tx
      .selectFrom('event')
      .selectAll()
      .where('region_id', '=', session.region)
      .where('incident_id', '=', id)
      .orderBy('n')
      .execute();
    const events = rows.map(
      ({ n, v, name, at, recorded_at: recordedAt, actor: by, command_id: command, data }): HistoryEvent => {
        const shown = isBlanked ? observersEvent(data) : data;
        return { n, v, name, at, recordedAt, by, command, data: { ...shown } };
      },
    );
    return { v: found.v, incident: isBlanked ? observersIncident(incident) : incident, events };
  });
}
