import type { Attachment } from './attachment.ts';
import type { Incident } from './incident.ts';

/** Every file that an incident names: of its own text, of later messages, of replies, of notes. */
export const incidentFiles = ({ attachments, messages, replies, notes }: Incident): readonly Attachment[] =>
  [{ attachments }, ...messages, ...replies, ...notes].flatMap((part) => part.attachments ?? []);
