import type { Incident } from '#shared/domain/incident.ts';
import {
  INCIDENT_TYPES,
  NETWORKS,
  OUTCOMES,
  currentAgency,
  firstPublished,
  openReply,
} from '#shared/domain/incident.ts';
import { authorKey, placeKey } from '#shared/domain/likeness.ts';
import { STEP_NAMES, isClosed } from '#shared/domain/step.ts';
import type { Coder, DocumentCodec } from './layout/document-codec.ts';
import type { Cells } from './layout/column-kinds.ts';
import { sketchOf } from './sketch.ts';
import { termsOf } from './terms.ts';

/** What questions about many incidents are answered from. Instants that are not there are `Infinity`, so that they sort last. */
export const INCIDENT_COLUMNS = {
  createdAt: 'f64',
  dueAt: 'f64',
  /** The nearest open promise. */
  promiseAt: 'f64',
  closedAt: 'f64',
  firstReplyAt: 'f64',
  /** The last thing that happened; with createdAt it bounds the incident's life. */
  changedAt: 'f64',
  /** 0 = none yet. */
  number: 'u32',
  group: 'word',
  topic: 'word',
  municipality: 'word',
  /** Who has it, or for a closed one who had it last. */
  agency: 'word',
  holder: 'word',
  /** Whose draft is open. */
  drafter: 'word',
  /** Hashes that are equal when the author, the address, and by chance the text are the same; 0 = says nothing. */
  authorKey: 'u32',
  placeKey: 'u32',
  sketch0: 'u32',
  sketch1: 'u32',
  sketch2: 'u32',
  step: 'u8',
  network: 'u8',
  /** Place in the list plus one, 0 = none. */
  type: 'u8',
  outcome: 'u8',
} as const;

export type IncidentColumns = typeof INCIDENT_COLUMNS;
export type IncidentCells = Cells<IncidentColumns>;

const place = (list: readonly string[], value: string | null): number =>
  value === null ? 0 : list.indexOf(value) + 1;

function writeTimes(incident: Incident, cells: IncidentCells, at: number): void {
  const open = incident.promises.filter((promise) => promise.state === 'open').map((promise) => promise.due);
  cells.createdAt[at] = incident.createdAt;
  cells.dueAt[at] = incident.due?.at ?? Infinity;
  cells.promiseAt[at] = Math.min(Infinity, ...open);
  cells.closedAt[at] = isClosed(incident.step) ? (incident.closing?.at ?? incident.step.since) : Infinity;
  cells.firstReplyAt[at] = firstPublished(incident)?.publishedAt ?? Infinity;
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

function writeKeys(incident: Incident, cells: IncidentCells, at: number): void {
  const { author, place: where, text } = incident;
  cells.authorKey[at] = authorKey(author);
  cells.placeKey[at] = placeKey(where);
  const [first, second, third] = sketchOf(termsOf(text));
  cells.sketch0[at] = first;
  cells.sketch1[at] = second;
  cells.sketch2[at] = third;
}

function write(incident: Incident, cells: IncidentCells, at: number, code: Coder): void {
  writeTimes(incident, cells, at);
  writeKeys(incident, cells, at);
  cells.number[at] = incident.number ?? 0;
  cells.group[at] = code(incident.classification?.group ?? '');
  cells.topic[at] = code(incident.classification?.topic ?? '');
  cells.municipality[at] = code(incident.place.municipality);
  cells.agency[at] = code(lastAgency(incident));
  cells.holder[at] = code(incident.holder ?? '');
  cells.drafter[at] = code(openReply(incident)?.by ?? '');
  cells.step[at] = STEP_NAMES.indexOf(incident.step.name);
  cells.network[at] = NETWORKS.indexOf(incident.source.network);
  cells.type[at] = place(INCIDENT_TYPES, incident.type);
  cells.outcome[at] = place(OUTCOMES, incident.outcome);
}

/** What a person may type to find an incident: its words, the author, the place, later messages, replies and tags. */
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

export const incidentCodec: DocumentCodec<Incident, IncidentColumns> = {
  version: 1,
  columns: INCIDENT_COLUMNS,
  id: (incident) => incident.id,
  revision: (incident) => incident.version,
  isLive: (incident) => !isClosed(incident.step),
  write,
  text: searchedText,
  stems: termsOf,
};
