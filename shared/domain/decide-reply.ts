import { isBeforeApproval } from './entered-later.ts';
import { withAttachments } from './attachment.ts';
import type { DecideContext } from './decide-context.ts';
import { refusalBeyond, latestPromise } from './deferral.ts';
import { isOwnReply, openReply, type CameAnswer, type Incident } from './incident.ts';
import type { Refusal } from './refusal.ts';
import { checkedContextOf } from './reply-check/checked-context.ts';
import { unmetDemand } from './reply-check/check-reply.ts';
import type { Rule } from './rule.ts';
import { sameJson } from './same-json.ts';
import { decidedMeanwhile, isStale } from './subject.ts';
import { isStanding, otherSubmission, submissionOf } from './submission.ts';

/** An answer that came past Pult is written down by the centre: an executor writes his own here. */
function refusalOfCame(
  came: CameAnswer | undefined,
  { createdAt }: Incident,
  { actor, at }: Pick<DecideContext, 'actor' | 'at'>,
): Refusal | null {
  if (came === undefined) return null;
  if (actor.role === 'executor') return { kind: 'role_may_not', role: actor.role };
  if (came.at > at) return { kind: 'date_in_future' };
  return came.at < createdAt ? { kind: 'date_in_past' } : null;
}

/** Commands of an answer's way: draft, approval, publication, and the promises it makes. */
export const replyCommands = {
  draftReply: {
    steps: ['in_progress'],
    rule: (incident, { text, kind, promises, attachments = [], template, came }, context) => {
      const draft = openReply(incident);
      const same = draft?.state === 'draft' && draft.text === text && draft.kind === kind;
      const rest = [promises, attachments, came ?? null];
      if (same && sameJson([draft.promises, draft.attachments ?? [], draft.came ?? null], rest)) return [];
      const origin = {
        ...(template !== undefined && { template }),
        ...(came !== undefined && { came }),
      };
      return (
        refusalOfCame(came, incident, context) ?? [
          { name: 'reply_drafted', text, kind, promises, ...withAttachments(attachments), ...origin },
        ]
      );
    },
  } satisfies Rule<'draftReply'>,

  submitForApproval: {
    steps: ['in_progress', 'approval'],
    rule: (incident, args, { at, calendar, regulation }) => {
      const command = { name: 'submitForApproval', args } as const;
      // Another text than the one that was to be submitted stands there.
      if (incident.step.name === 'approval')
        return isStale(command, incident) ? decidedMeanwhile(command, incident) : [];
      const draft = openReply(incident);
      if (draft === null || draft.state === 'sent_back') return { kind: 'no_draft' };
      const warning = unmetDemand(draft.text, checkedContextOf(incident, at, calendar), regulation.demanded);
      if (warning !== null) return { kind: 'demand_unmet', warning };
      const warnings = [...new Set(args.warnings)];
      return [{ name: 'reply_submitted', ...(warnings.length > 0 && { warnings }) }];
    },
  } satisfies Rule<'submitForApproval'>,

  approve: {
    steps: ['approval', 'publishing'],
    rule: (incident, { text, submission }, { actor, regulation }) => {
      const now = submissionOf(incident);
      if (submission.number !== now.number) return otherSubmission(incident);
      if (incident.step.name === 'publishing')
        return now.text === text ? [] : { kind: 'wrong_step', step: 'publishing' };
      if (!isStanding(submission, incident)) return otherSubmission(incident);
      if (!isOwnReply(incident, actor)) return [{ name: 'reply_approved', text }];
      if (regulation.ownApproval === 'refused') return { kind: 'own_reply' };
      return [{ name: 'reply_approved', text, own: true }];
    },
  } satisfies Rule<'approve'>,

  sendBack: {
    steps: ['approval'],
    rule: (incident, { reason, submission }) =>
      isStanding(submission, incident) ? [{ name: 'reply_sent_back', reason }] : otherSubmission(incident),
  } satisfies Rule<'sendBack'>,

  recordPublication: {
    steps: ['publishing'],
    rule: (incident, { at, link, account, hasMedia, late = '' }, context) => {
      if (at > context.at) return { kind: 'date_in_future' };
      if (at < incident.createdAt) return { kind: 'date_in_past' };
      const bodies = [{ name: 'reply_published', account, link, hasMedia } as const];
      return isBeforeApproval(at, openReply(incident)?.approvedAt ?? null)
        ? { bodies, merged: [], at, entered: late }
        : { bodies, merged: [], at };
    },
  } satisfies Rule<'recordPublication'>,

  editPromise: {
    steps: 'any',
    rule: (incident, { promise: id, due, state }) => {
      const promise = incident.promises.find((control) => control.id === id);
      if (promise === undefined) return { kind: 'no_such_promise' };
      if (promise.due !== due) return { kind: 'move_unreasoned' };
      return promise.state === state ? [] : [{ name: 'promise_edited', promise: id, due, state }];
    },
  } satisfies Rule<'editPromise'>,

  movePromise: {
    steps: 'any',
    rule: (incident, { promise: id, due, precision, reason }, context) => {
      const promise = incident.promises.find((control) => control.id === id);
      if (promise === undefined) return { kind: 'no_such_promise' };
      if (promise.due === due && promise.precision === precision) return [];
      if (promise.state !== 'open') return { kind: 'promise_settled', state: promise.state };
      if (reason === '') return { kind: 'move_unreasoned' };
      if (due <= context.at) return { kind: 'date_in_past' };
      const refusal = refusalBeyond(due, latestPromise(incident, id, context));
      return refusal ?? [{ name: 'promise_moved', promise: id, due, precision, reason }];
    },
  } satisfies Rule<'movePromise'>,
};
