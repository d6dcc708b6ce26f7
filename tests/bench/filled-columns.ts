import type { Incident } from '#shared/domain/incident.ts';
import type { IncidentStore } from '#renderer/data/store/dexie-sync-store.ts';
import { INCIDENT_COLUMNS, incidentCodec } from '#renderer/data/store/incident-codec.ts';
import { CHUNK_ROWS, Columns } from '#renderer/data/store/layout/columns.ts';
import { Words } from '#renderer/data/store/layout/words.ts';

/** The console's columns in memory, as its worker has them; what lies on disk has no part in it. */
export function filledColumns(incidents: Iterable<Incident>): IncidentStore {
  const columns = new Columns(INCIDENT_COLUMNS, incidentCodec.version);
  const words = new Words();
  for (const incident of incidents) {
    const row = columns.rowFor(incident.id);
    const { at, cells } = columns.chunkOf(row);
    incidentCodec.write(incident, cells, row % CHUNK_ROWS, words.code);
    at.live[row % CHUNK_ROWS] = 1;
  }
  const store: Pick<IncidentStore, 'ready' | 'columns' | 'words'> = {
    ready: Promise.resolve(),
    columns,
    words,
  };
  return store as IncidentStore;
}
