import { refusalBeyond, latestDeferral } from './deferral.ts';
import { happenedThen } from './entered-later.ts';
import { refusalOfMerge } from './fullness.ts';
import { currentAgency, currentAssignment } from './incident.ts';
import type { Rule } from './rule.ts';
import { decidedMeanwhile } from './subject.ts';

/** Commands that move an incident between the centre and the agencies. */
export const routingCommands = {
  route: {
    steps: ['new', 'returned', 'reopened', 'assigned', 'in_progress', 'deferred'],
    rule: (incident, { agency, unit, from, reason, happened }, context) => {
      if (incident.classification === null) return { kind: 'not_classified' };
      if (!context.hasAgency(agency)) return { kind: 'unknown_agency', agency };
      const now = currentAssignment(incident);
      if (now?.agency === agency && now.unit === unit) return [];
      if (now !== null && now.agency !== from)
        return { kind: 'already_routed', to: now.agency, by: now.by, at: now.at };
      return happenedThen([{ name: 'routed', agency, unit, reason }], incident, happened, context);
    },
  } satisfies Rule<'route'>,

  takeToWork: {
    steps: ['assigned', 'in_progress', 'deferred'],
    rule: (incident, { happened }, context) =>
      incident.step.name === 'in_progress'
        ? []
        : happenedThen([{ name: 'taken_to_work' }], incident, happened, context),
  } satisfies Rule<'takeToWork'>,

  returnToCentre: {
    steps: ['assigned', 'in_progress', 'deferred'],
    rule: (incident, { reason, target, happened }, context) => {
      if (target !== null && !context.hasAgency(target)) return { kind: 'unknown_agency', agency: target };
      if (target !== null && target === currentAgency(incident))
        return { kind: 'unknown_agency', agency: target };
      return happenedThen([{ name: 'returned_to_centre', reason, target }], incident, happened, context);
    },
  } satisfies Rule<'returnToCentre'>,

  defer: {
    steps: ['assigned', 'in_progress', 'deferred'],
    rule: (incident, { until, reason }, context) => {
      if (until <= context.at) return { kind: 'date_in_past' };
      return refusalBeyond(until, latestDeferral(incident, context)) ?? [{ name: 'deferred', until, reason }];
    },
  } satisfies Rule<'defer'>,

  reject: {
    steps: ['new', 'returned', 'reopened', 'rejected'],
    rule: (incident, args) => {
      const { reason, comment } = args;
      const { step } = incident;
      if (step.name !== 'rejected') return [{ name: 'rejected', reason, comment }];
      return step.reason === reason && step.comment === comment
        ? []
        : decidedMeanwhile({ name: 'reject', args }, incident);
    },
  } satisfies Rule<'reject'>,

  merge: {
    steps: ['new', 'returned', 'reopened', 'assigned', 'in_progress', 'merged'],
    rule: (incident, { into }, { target }) => {
      if (incident.step.name === 'merged') {
        return incident.step.into === into ? [] : { kind: 'wrong_step', step: 'merged' };
      }
      if (into === incident.id) return { kind: 'merge_into_itself' };
      if (target === null) return { kind: 'merge_target_missing' };
      if (target.step.name === 'merged' || target.step.name === 'rejected') {
        return { kind: 'merge_target_closed', step: target.step.name };
      }
      return refusalOfMerge(incident, target) ?? [{ name: 'merged', into }];
    },
  } satisfies Rule<'merge'>,

  unmerge: { steps: ['merged'], rule: () => [{ name: 'unmerged' }] } satisfies Rule<'unmerge'>,
};
