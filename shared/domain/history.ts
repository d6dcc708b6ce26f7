import type { IncidentEvent } from './event.ts';
import type { HistoryEntry, RuledBy } from './incident.ts';

/**
 * Fields of events that a line of history shows; texts of messages and replies stay where they are and are
 * not copied.
 */
const SHOWN = new Set([
  'group',
  'topic',
  'type',
  'importance',
  'holder',
  'agency',
  'unit',
  'reason',
  'target',
  'kind',
  'account',
  'link',
  'until',
  'outcome',
  'comment',
  'into',
  'grade',
  'promise',
  'due',
  'state',
  'precision',
  'act',
  'event',
  'template',
]);

/** One event as one line of the incident's life. */
export function historyOf(event: IncidentEvent): HistoryEntry {
  const detail: Record<string, string | number | null> = {};
  for (const [field, value] of Object.entries(event)) {
    if (SHOWN.has(field) && (value === null || typeof value === 'string' || typeof value === 'number'))
      detail[field] = value;
  }
  if ('attachments' in event) detail['files'] = event.attachments?.length ?? 0;
  if (event.name === 'placed') detail['place'] = placeLine(event.place);
  if (event.name === 'tagged')
    detail['tags'] = [...event.add, ...event.remove.map((tag) => `−${tag}`)].join(', ');
  if (event.name === 'reply_drafted' && event.came !== undefined)
    Object.assign(detail, { way: event.came.way, cameAt: event.came.at });
  if (event.name === 'reply_submitted' && event.warnings !== undefined)
    detail['warnings'] = event.warnings.length;
  if (event.name === 'reply_approved' && event.own) detail['own'] = 1;
  if (event.name === 'undone' && event.reopens) detail['reopens'] = 1;
  if (event.name === 'source_changed') detail['state'] = event.text === null ? 'deleted' : 'edited';
  if (event.name === 'importance_ruled') Object.assign(detail, ruledDetail(event.ruled));
  const { claimed, entered } = event;
  const late = claimed === undefined ? {} : { claimed };
  const afterwards = entered === undefined ? {} : { entered };
  return { event: event.name, at: event.at, by: event.by, detail, ...late, ...afterwards };
}

/** Fields by which a line says which rule spoke, and why. */
function ruledDetail(ruled: RuledBy | null): HistoryEntry['detail'] {
  if (ruled === null) return {};
  const { rule: _, name, ...why } = ruled;
  return { rule: name, ...why };
}

const placeLine = (place: {
  municipality: string;
  settlement: string;
  street: string;
  house: string;
  object: string;
}): string =>
  [place.municipality, place.settlement, place.street, place.house, place.object].filter(Boolean).join(', ');
