import { deidentified } from '#shared/text/deidentify.ts';
import { shortened } from '#shared/text/shortened.ts';
import type { Example } from './example.ts';
import type { Incident } from './incident.ts';
import { localTimeAt, type ZoneName } from './time-zone.ts';

/** The most letters of a message and of an answer that a first draft holds; a person shortens further. */
const MOST_LETTERS = 320;

/**
 * An example case of an incident to begin with: what was asked and what was done, without what tells who
 * asked.
 */
export function exampleDraft(id: string, incident: Incident, zone: ZoneName, order: number): Example {
  const names = [incident.author.name];
  const answer = incident.replies.findLast((reply) => reply.publishedAt !== null && reply.kind === 'final');
  const texts = [incident.text, answer?.text ?? '']
    .map((text) => shortened(deidentified(text, names), MOST_LETTERS))
    .filter((text) => text !== '');
  const at = incident.closing?.at ?? answer?.publishedAt ?? incident.createdAt;
  return {
    id,
    incident: incident.id,
    month: localTimeAt(zone, at).date.slice(0, 7),
    text: texts.join('\n\n'),
    author: '',
    before: null,
    after: null,
    order,
  };
}
