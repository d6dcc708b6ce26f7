import type { Instant } from '#shared/domain/instant.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import { isClosed } from '#shared/domain/step.ts';
import { rowHash } from '#shared/protocol/digest.ts';

/**
 * Copies of an incident's fields that the table keeps beside the row, for indexes and isolation. Names are
 * the columns'.
 */
export interface IncidentRowColumns {
  readonly id: string;
  readonly number: number | null;
  readonly external_id: number | null;
  readonly version: number;
  readonly step: string;
  readonly agency: string | null;
  readonly agencies: readonly string[];
  readonly created_at: Instant;
  readonly due_at: Instant | null;
  readonly closed_at: Instant | null;
  readonly municipality: string | null;
  readonly group_name: string | null;
  readonly topic: string | null;
  readonly network: string;
  readonly merged_into: string | null;
  readonly digest: number;
}

/** All agencies an incident ever was at: they see it. */
export const agenciesOf = (incident: Incident | null): readonly string[] => [
  ...new Set(incident?.assignments.map(({ agency }) => agency)),
];

/** The one place that says which columns follow from a row. */
export function incidentColumns(incident: Incident): IncidentRowColumns {
  const { id, number, externalId, version, step, createdAt, due, place, classification, source } = incident;
  return {
    id,
    number,
    external_id: externalId,
    version,
    step: step.name,
    agency: currentAgency(incident),
    agencies: agenciesOf(incident),
    created_at: createdAt,
    due_at: due?.at ?? null,
    closed_at: isClosed(step) ? step.since : null,
    municipality: place.municipality || null,
    group_name: classification?.group ?? null,
    topic: classification?.topic ?? null,
    network: source.network,
    merged_into: step.name === 'merged' ? step.into : null,
    digest: Number(rowHash(id, version)),
  };
}
