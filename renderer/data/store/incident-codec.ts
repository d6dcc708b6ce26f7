import type { Incident } from '#shared/domain/incident.ts';
import { currentAgency, openReply } from '#shared/domain/incident.ts';
import { textKey } from '#shared/domain/likeness.ts';
import { isClosed } from '#shared/domain/step.ts';
import { FACT_COLUMNS, writeFacts } from './fact-cells.ts';
import type { Coder, DocumentCodec } from './layout/document-codec.ts';
import type { Cells } from './layout/column-kinds.ts';
import { sketchOf } from './sketch.ts';
import { termsOf } from './terms.ts';

/**
 * Cells that answer questions about many incidents. Instants that are not there are `Infinity`, so that
 * they sort last.
 */
export const INCIDENT_COLUMNS = {
  ...FACT_COLUMNS,
  dueAt: 'f64',
  /** Policy that the deadline is of. */
  duePolicy: 'word',
  /** The nearest open promise. */
  promiseAt: 'f64',
  /** When it came to the step where it stands. */
  stepSince: 'f64',
  /** The last thing that happened; with createdAt it bounds the incident's life. */
  changedAt: 'f64',
  /** Who has it, or for a closed one who had it last. */
  agency: 'word',
  holder: 'word',
  /** Whose draft is open. */
  drafter: 'word',
  /** Min-hashes of the text (`sketch.ts`): alike texts have one in common more often than not; 0: no text. */
  sketch0: 'u32',
  sketch1: 'u32',
  sketch2: 'u32',
  /** Of the incident it was joined to; 0 while it stands for itself. */
  joinedKey: 'u32',
} as const;

export type RowColumns = typeof INCIDENT_COLUMNS;
export type IncidentCells = Cells<RowColumns>;

function writeTimes(incident: Incident, cells: IncidentCells, at: number): void {
  const open = incident.promises.filter((promise) => promise.state === 'open').map((promise) => promise.due);
  cells.dueAt[at] = incident.due?.at ?? Infinity;
  cells.stepSince[at] = incident.step.since;
  cells.promiseAt[at] = Math.min(Infinity, ...open);
  cells.changedAt[at] = incident.history.reduce(
    (latest, entry) => Math.max(latest, entry.at),
    incident.step.since,
  );
}

const lastAgency = (incident: Incident): string =>
  currentAgency(incident) ??
  (isClosed(incident.step)
    ? (incident.assignments.findLast(({ returned }) => returned === null)?.agency ?? '')
    : '');

function writeSketch(incident: Incident, cells: IncidentCells, at: number): void {
  const [first, second, third] = sketchOf(termsOf(incident.text));
  cells.sketch0[at] = first;
  cells.sketch1[at] = second;
  cells.sketch2[at] = third;
}

function write(incident: Incident, cells: IncidentCells, at: number, code: Coder): void {
  writeFacts(incident, cells, at, code);
  writeTimes(incident, cells, at);
  writeSketch(incident, cells, at);
  cells.duePolicy[at] = code(incident.due?.policy ?? '');
  cells.agency[at] = code(lastAgency(incident));
  cells.holder[at] = code(incident.holder ?? '');
  cells.drafter[at] = code(openReply(incident)?.by ?? '');
  cells.joinedKey[at] = incident.step.name === 'merged' ? textKey(incident.step.into) : 0;
}

/**
 * The words a person may type to find an incident: its own, the author, the place, later messages, replies
 * and tags.
 */
function searchedText(incident: Incident): string {
  const { text, author, place: where, messages, replies, tags } = incident;
  return [
    text,
    author.name,
    where.municipality,
    where.settlement,
    where.street,
    where.house,
    where.object,
    ...messages.map((message) => message.text),
    ...replies.map((reply) => reply.text),
    ...tags,
  ].join('\n');
}

export const incidentCodec: DocumentCodec<Incident, RowColumns> = {
  version: 11,
  columns: INCIDENT_COLUMNS,
  id: (incident) => incident.id,
  revision: (incident) => incident.version,
  isLive: (incident) => !isClosed(incident.step),
  write,
  text: searchedText,
  stems: termsOf,
};
