import type { Incident } from '#shared/domain/incident.ts';
import { currentAgency, openReply } from '#shared/domain/incident.ts';
import { nearestPromise, promiseQuote } from '#shared/domain/promises/promise-quote.ts';
import type { QueueRow, RowPromise } from './console-store.ts';

/** A line of the queue shows the beginning of the text; the card has the whole. */
const TEXT_SHOWN = 300;

/** Messages of the author nobody has answered in public yet. */
function unreadOf(incident: Incident): number {
  const answered = Math.max(-Infinity, ...incident.replies.map((reply) => reply.publishedAt ?? -Infinity));
  return incident.messages.filter((message) => message.at > answered).length;
}

function promiseOf(incident: Incident): RowPromise | null {
  const promise = nearestPromise(incident);
  if (promise === null) return null;
  const { due, precision } = promise;
  return { due, precision, quote: promiseQuote(incident, promise) };
}

export function queueRow(incident: Incident, pending: number): QueueRow {
  const { source, place, classification } = incident;
  return {
    id: incident.id,
    number: incident.number,
    step: incident.step.name,
    dueAt: incident.due?.at ?? null,
    duePolicy: incident.due?.policy ?? null,
    createdAt: incident.createdAt,
    group: classification?.group ?? '',
    topic: classification?.topic ?? '',
    municipality: place.municipality,
    settlement: place.settlement,
    street: place.street,
    house: place.house,
    object: place.object,
    network: source.network,
    kind: source.kind,
    importance: incident.importance,
    agency: currentAgency(incident),
    holder: incident.holder,
    text: incident.text.length > TEXT_SHOWN ? `${incident.text.slice(0, TEXT_SHOWN)}…` : incident.text,
    tags: incident.tags,
    pending,
    unread: unreadOf(incident),
    replyBy: openReply(incident)?.by ?? null,
    since: incident.step.since,
    promise: promiseOf(incident),
  };
}
