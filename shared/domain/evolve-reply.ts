import type { IncidentEvent } from './event.ts';
import type { Incident, PromiseControl, Reply } from './incident.ts';
import { currentAgency } from './incident.ts';
import { assertNever } from './must.ts';

const REPLY_EVENTS = [
  'reply_drafted',
  'reply_submitted',
  'reply_approved',
  'reply_sent_back',
  'reply_published',
] as const;

export type ReplyEvent = Extract<IncidentEvent, { name: (typeof REPLY_EVENTS)[number] }>;

export const isReplyEvent = (event: IncidentEvent): event is ReplyEvent =>
  (REPLY_EVENTS as readonly string[]).includes(event.name);

/** The life of a reply: draft, approval, publication. The last reply in the list is the one that moves. */
export function applyReplyEvent(incident: Incident, event: ReplyEvent): Incident {
  const since = event.at;
  switch (event.name) {
    case 'reply_drafted':
      return { ...incident, replies: withDraft(incident, event) };
    case 'reply_submitted':
      return {
        ...incident,
        step: { name: 'approval', since },
        replies: mend(incident, { state: 'submitted', submittedAt: since }),
      };
    case 'reply_approved':
      return {
        ...incident,
        step: { name: 'publishing', since },
        replies: mend(incident, { state: 'approved', approvedAt: since, text: event.text }),
      };
    case 'reply_sent_back':
      return {
        ...incident,
        step: { name: 'in_progress', since },
        replies: mend(incident, { state: 'sent_back', sentBackReason: event.reason }),
      };
    case 'reply_published':
      return published(incident, event);
    default:
      return assertNever(event);
  }
}

/** A draft replaces the unpublished draft before it: one reply is written at a time. */
function withDraft(incident: Incident, event: ReplyEvent & { name: 'reply_drafted' }): readonly Reply[] {
  const last = incident.replies.at(-1);
  const rewrites = last !== undefined && last.state !== 'published';
  const draft: Reply = {
    text: event.text,
    kind: event.kind,
    agency: currentAgency(incident) ?? incident.assignments.at(-1)?.agency ?? '',
    by: event.by,
    state: 'draft',
    draftedAt: event.at,
    submittedAt: null,
    approvedAt: null,
    publishedAt: null,
    sentBackReason: rewrites ? last.sentBackReason : null,
    account: '',
    link: '',
    hasMedia: false,
    promises: event.promises,
  };
  return rewrites ? [...incident.replies.slice(0, -1), draft] : [...incident.replies, draft];
}

const mend = (incident: Incident, change: Partial<Reply>): readonly Reply[] =>
  incident.replies.map((reply, at) => (at === incident.replies.length - 1 ? { ...reply, ...change } : reply));

/** A final reply leads to the author's word; an interim one back to work with the second clock running. */
function published(incident: Incident, event: ReplyEvent & { name: 'reply_published' }): Incident {
  const { at, account, link, hasMedia } = event;
  const reply = incident.replies.at(-1);
  const final = reply?.kind !== 'interim';
  const promises: readonly PromiseControl[] = (reply?.promises ?? []).map((promise, index) => ({
    id: incident.promises.length + index,
    due: promise.due,
    phrase: promise.phrase,
    state: 'open',
  }));
  return {
    ...incident,
    step: final ? { name: 'satisfaction', since: at } : { name: 'in_progress', since: at },
    satisfactionAt: final ? at : incident.satisfactionAt,
    replies: mend(incident, { state: 'published', publishedAt: at, account, link, hasMedia }),
    promises: [...incident.promises, ...promises],
  };
}
