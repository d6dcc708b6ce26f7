import { dueFor } from '#shared/domain/due.ts';
import type { IncidentEvent } from '#shared/domain/event.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { CellValue, ExchangeRow, KnownCells } from './columns.ts';
import { COLUMNS } from './columns.ts';
import { computedCells, isInCalendar } from './computed-cells.ts';
import type { ImportContext } from './context.ts';
import { rowValuesOf, type RowValues } from './import-values.ts';
import { agencyReplies, earlierReply } from './import-replies.ts';
import { arriveAt, impliedStep } from './import-step.ts';
import { buildIncident, type IncidentBuilder } from './incident-builder.ts';
import { cellsToKeep, type KeptCells } from './kept-cells.ts';
import { takeMentions } from './mentions.ts';
import { originOf } from './network.ts';
import { fingerprintOf } from './row-identity.ts';
import { readClosing } from './words.ts';

/** An imported row as an incident with everything that happened to it. */
export interface ImportedIncident {
  readonly after: Incident;
  readonly events: readonly IncidentEvent[];
}

/**
 * Turns a row that was read (`readRow`) into the events it tells of. From the resulting incident columns F–S
 * and AT follow again by the same rules as for incidents made here; what events cannot carry is kept in
 * `imported.cells`. `before` is the incident an older row made: its history goes on, everything else begins
 * afresh.
 */
export function importRow(
  id: string,
  before: Incident | null,
  row: ExchangeRow,
  context: ImportContext,
): ImportedIncident {
  const values = rowValuesOf(row.known, context.calendar.data.zone);
  const builder = buildIncident(id, before);
  register(builder, values, context);
  describe(builder, values, before, context);
  earlierReply(builder, values);
  const satisfiedAt = values.moment('satisfactionAt');
  const assignedAt = values.moment('assignedAt') ?? values.createdAt;
  // The author may have been asked before the last agency's turn: a reassignment at the close.
  if (satisfiedAt !== null && satisfiedAt < assignedAt) satisfaction(builder, satisfiedAt);
  assign(builder, values, context, assignedAt);
  agencyReplies(builder, values);
  if (satisfiedAt !== null && satisfiedAt >= assignedAt) satisfaction(builder, satisfiedAt);
  finish(builder, values);
  setDue(builder, context);
  keep(builder, row, context);
  return { after: builder.now(), events: builder.events };
}

function register(builder: IncidentBuilder, values: RowValues, { region }: ImportContext): void {
  const url = values.text('postUrl');
  const placeUrl = values.text('placeUrl');
  builder.push(values.createdAt, {
    name: 'registered',
    region,
    number: values.number,
    externalId: values.count('id'),
    text: values.text('text'),
    source: {
      ...originOf(url, placeUrl),
      url,
      placeUrl,
      audience: values.count('audience'),
      engagement: values.count('engagement'),
      hasMedia: values.yes('messageHasMedia'),
    },
    author: { name: '', url: values.text('authorUrl') },
  });
}

function describe(
  builder: IncidentBuilder,
  values: RowValues,
  before: Incident | null,
  { municipalityName, topicOf }: ImportContext,
): void {
  const { createdAt: at, type } = values;
  const place = { ...values.place, municipality: municipalityName(values.place.municipality) };
  const { group, topic } = topicOf({ group: values.text('group'), topic: values.text('topic') });
  if (group !== '' || topic !== '') builder.push(at, { name: 'classified', group, topic });
  if (type !== null) builder.push(at, { name: 'typed', type });
  if (Object.values(place).some((part) => part !== '')) builder.push(at, { name: 'placed', place });
  const tags = values
    .text('tags')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const gone = (before?.tags ?? []).filter((tag) => !tags.includes(tag));
  if (tags.length + gone.length > 0) builder.push(at, { name: 'tagged', add: tags, remove: gone });
  const note = newNote(values.text('notes'), before);
  if (note !== '') builder.push(at, { name: 'noted', text: note });
}

/**
 * Comments are joined by commas and grow at the end; only what is new is noted, for notes are never taken
 * away.
 */
function newNote(text: string, before: Incident | null): string {
  const known = (before?.notes ?? []).map((note) => note.text).join(',');
  if (known === '') return text;
  if (text === known) return '';
  return text.startsWith(`${known},`) ? text.slice(known.length + 1) : text;
}

function assign(builder: IncidentBuilder, values: RowValues, { agencyId }: ImportContext, at: number): void {
  const name = values.text('agency');
  if (name === '') return;
  builder.push(at, { name: 'routed', agency: agencyId(name), unit: values.text('unit'), reason: '' });
  const step = impliedStep(values);
  if (step !== 'assigned' && step !== 'new') builder.push(at, { name: 'taken_to_work' });
}

function satisfaction(builder: IncidentBuilder, at: number): void {
  if (builder.now().satisfactionAt !== at) builder.push(at, { name: 'satisfaction_reached' });
}

function finish(builder: IncidentBuilder, values: RowValues): void {
  const at = values.moment('closedAt') ?? values.moment('satisfactionAt') ?? values.createdAt;
  const grade = readClosing(values.text('closingReason'))?.grade ?? null;
  const sent = values.yes('surveySent');
  if (sent || grade !== null) builder.push(at, { name: 'survey_recorded', sent, grade });
  if (values.outcome !== null) builder.push(at, { name: 'outcome_set', outcome: values.outcome });
  arriveAt(builder, values);
}

/** Incidents still at work come with the deadline that runs for them here. */
function setDue(builder: IncidentBuilder, context: ImportContext): void {
  const incident = builder.now();
  const moments = [
    incident.createdAt,
    ...incident.assignments.map(({ at }) => at),
    ...incident.replies.map(({ publishedAt }) => publishedAt ?? incident.createdAt),
  ];
  if (!moments.every((at) => isInCalendar(context.calendar, at))) return;
  const due = dueFor(incident, context);
  if (due !== null) builder.push(context.now, { name: 'due_set', due });
}

/** Last, so that its version is that of the whole import. */
function keep(builder: IncidentBuilder, row: ExchangeRow, context: ImportContext): void {
  const cells = cellsToKeep(row, computedCells(builder.now(), context), mentionsIn(row.known));
  builder.push(context.now, { name: 'imported', row: { cells, fingerprint: fingerprintOf(row) } });
}

function mentionsIn(known: KnownCells): KeptCells {
  const found: Record<string, CellValue> = {};
  for (const { key, kind, letter } of COLUMNS) {
    if (kind !== 'guarded') continue;
    const { mentions } = takeMentions(String(known[key] ?? ''));
    if (mentions !== '') found[`@${letter}`] = mentions;
  }
  return found;
}
