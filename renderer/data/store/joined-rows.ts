import type { Incident } from '#shared/domain/incident.ts';
import { textKey } from '#shared/domain/likeness.ts';
import type { IncidentStore } from './dexie-sync-store.ts';

/**
 * Rows whose incident may have been joined to one of this key: a hash, so the incidents themselves are looked
 * at.
 */
function rowsOf({ columns }: IncidentStore, key: number): readonly number[] {
  const found: number[] = [];
  for (const { first, rows, cells } of columns.chunks) {
    for (let index = 0; index < rows; index += 1)
      if (cells.joinedKey[index] === key) found.push(first + index);
  }
  return found;
}

/** Incidents joined to `id`, and those joined to them before, the oldest first. */
export async function joinedTo(incidents: IncidentStore, id: string): Promise<readonly Incident[]> {
  const found = new Map<string, Incident>();
  for (let parents = [id]; parents.length > 0;) {
    const rows = parents.flatMap((parent) => rowsOf(incidents, textKey(parent)));
    const known = new Set(parents);
    const next = [...(await incidents.read(rows)).values()].filter(
      (incident) =>
        incident.step.name === 'merged' &&
        known.has(incident.step.into) &&
        incident.id !== id &&
        !found.has(incident.id),
    );
    for (const incident of next) found.set(incident.id, incident);
    parents = next.map((incident) => incident.id);
  }
  return [...found.values()].toSorted((a, b) => a.createdAt - b.createdAt);
}
