import { openReply } from './incident.ts';
import type { Rule } from './rule.ts';

/** Commands of an answer's way: draft, approval, publication, and the promises it makes. */
export const replyCommands = {
  draftReply: {
    steps: ['in_progress'],
    rule: (incident, { text, kind, promises }) => {
      const draft = openReply(incident);
      const same = draft?.state === 'draft' && draft.text === text && draft.kind === kind;
      if (same && JSON.stringify(draft.promises) === JSON.stringify(promises)) return [];
      return [{ name: 'reply_drafted', text, kind, promises }];
    },
  } satisfies Rule<'draftReply'>,

  submitForApproval: {
    steps: ['in_progress', 'approval'],
    rule: (incident) => {
      if (incident.step.name === 'approval') return [];
      const draft = openReply(incident);
      return draft === null || draft.state === 'sent_back'
        ? { kind: 'no_draft' }
        : [{ name: 'reply_submitted' }];
    },
  } satisfies Rule<'submitForApproval'>,

  approve: {
    steps: ['approval', 'publishing'],
    rule: (incident, { text }) => {
      if (incident.step.name === 'approval') return [{ name: 'reply_approved', text }];
      return openReply(incident)?.text === text ? [] : { kind: 'wrong_step', step: 'publishing' };
    },
  } satisfies Rule<'approve'>,

  sendBack: {
    steps: ['approval'],
    rule: (_incident, { reason }) => [{ name: 'reply_sent_back', reason }],
  } satisfies Rule<'sendBack'>,

  recordPublication: {
    steps: ['publishing'],
    rule: (incident, { at, link, account, hasMedia }, context) => {
      if (at > context.at) return { kind: 'date_in_future' };
      if (at < incident.createdAt) return { kind: 'date_in_past' };
      return { bodies: [{ name: 'reply_published', account, link, hasMedia }], merged: [], at };
    },
  } satisfies Rule<'recordPublication'>,

  editPromise: {
    steps: 'any',
    rule: (incident, { promise: id, due, state }) => {
      const promise = incident.promises.find((one) => one.id === id);
      if (promise === undefined) return { kind: 'no_such_promise' };
      return promise.due === due && promise.state === state
        ? []
        : [{ name: 'promise_edited', promise: id, due, state }];
    },
  } satisfies Rule<'editPromise'>,
};
