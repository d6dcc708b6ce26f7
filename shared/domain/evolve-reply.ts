import { withAttachments } from './attachment.ts';
import type { Fold, Folds } from './fold.ts';
import type { Incident, PromiseControl, Reply } from './incident.ts';
import { currentAgency } from './incident.ts';

type ReplyEvent =
  | 'reply_drafted'
  | 'reply_submitted'
  | 'reply_approved'
  | 'reply_sent_back'
  | 'reply_published';

/** A draft replaces the unpublished draft before it: one reply is written at a time. */
const drafted: Fold<'reply_drafted'> = (incident, event) => {
  const { at, by, text, kind, promises, attachments, template, came } = event;
  const last = incident.replies.at(-1);
  const rewrites = last !== undefined && last.state !== 'published';
  const draft: Reply = {
    text,
    kind,
    agency: currentAgency(incident) ?? incident.assignments.at(-1)?.agency ?? '',
    by,
    state: 'draft',
    draftedAt: at,
    submittedAt: null,
    approvedAt: null,
    publishedAt: null,
    sentBackReason: rewrites ? last.sentBackReason : null,
    ...(rewrites && last.sentBackText !== undefined && { sentBackText: last.sentBackText }),
    account: '',
    link: '',
    hasMedia: false,
    promises,
    ...withAttachments(attachments),
    ...(template !== undefined && { template }),
    ...(came !== undefined && { came }),
  };
  return { ...incident, replies: [...(rewrites ? incident.replies.slice(0, -1) : incident.replies), draft] };
};

/** A final reply leads to the author's word; an interim one back to work with the second clock running. */
const published: Fold<'reply_published'> = (incident, { at, account, link, hasMedia }) => {
  const reply = incident.replies.at(-1);
  const final = reply?.kind !== 'interim';
  const promises = (reply?.promises ?? []).map((promise, index): PromiseControl => ({
    id: incident.promises.length + index,
    due: promise.due,
    phrase: promise.phrase,
    state: 'open',
    ...(promise.precision !== undefined && { precision: promise.precision }),
  }));
  return {
    ...incident,
    step: { name: final ? 'satisfaction' : 'in_progress', since: at },
    satisfactionAt: final ? at : incident.satisfactionAt,
    replies: mendLast(incident, { state: 'published', publishedAt: at, account, link, hasMedia }),
    promises: [...incident.promises, ...promises],
  };
};

/** The life of a reply: draft, approval, publication. The last reply in the list is the one that moves. */
export const replyFolds: Folds<ReplyEvent> = {
  reply_drafted: drafted,
  reply_submitted: (incident, { at }) => ({
    ...incident,
    step: { name: 'approval', since: at },
    replies: mendLast(incident, { state: 'submitted', submittedAt: at }),
  }),
  reply_approved: (incident, { at, text }) => ({
    ...incident,
    step: { name: 'publishing', since: at },
    replies: mendLast(incident, { state: 'approved', approvedAt: at, text }),
  }),
  reply_sent_back: (incident, { at, reason }) => ({
    ...incident,
    step: { name: 'in_progress', since: at },
    replies: mendLast(incident, {
      state: 'sent_back',
      sentBackReason: reason,
      sentBackText: incident.replies.at(-1)?.text ?? '',
    }),
  }),
  reply_published: published,
};

const mendLast = (incident: Incident, change: Partial<Reply>): readonly Reply[] =>
  incident.replies.map((reply, at) => (at === incident.replies.length - 1 ? { ...reply, ...change } : reply));
