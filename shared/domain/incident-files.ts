import type { Attachment } from './attachment.ts';
import type { Incident } from './incident.ts';

/**
 * Files that go out with replies: what an incident has of its author or of the centre's own is not among
 * them.
 */
export const replyFiles = ({ replies }: Incident): readonly Attachment[] =>
  replies.flatMap(({ attachments = [] }) => attachments);

/** Every file that an incident names: of its own text, of later messages, of replies, of notes. */
export const incidentFiles = ({ attachments, messages, replies, notes }: Incident): readonly Attachment[] =>
  [{ attachments }, ...messages, ...replies, ...notes].flatMap((part) => part.attachments ?? []);
