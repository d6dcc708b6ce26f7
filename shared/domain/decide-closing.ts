import type { EventBody } from './event.ts';
import type { Rule } from './rule.ts';

/** Commands that end an incident, or begin it again. */
export const closingCommands = {
  setOutcome: {
    steps: ['in_progress', 'approval', 'publishing', 'satisfaction', 'deferred'],
    rule: (incident, { type, outcome }) => {
      const bodies: EventBody[] = [];
      if (incident.type !== type) bodies.push({ name: 'typed', type });
      if (incident.outcome !== outcome) bodies.push({ name: 'outcome_set', outcome });
      return bodies;
    },
  } satisfies Rule<'setOutcome'>,

  close: {
    steps: ['satisfaction', 'done'],
    rule: (incident, { reason, grade, seenMessages }) => {
      if (incident.step.name === 'done') {
        return incident.closing?.reason === reason ? [] : { kind: 'wrong_step', step: 'done' };
      }
      if (incident.type === null) return { kind: 'type_missing' };
      if (incident.outcome === null) return { kind: 'outcome_missing' };
      const now = incident.messages.length;
      if (seenMessages < now) return { kind: 'new_message', seen: seenMessages, now };
      const survey: EventBody[] = grade === null ? [] : [{ name: 'survey_recorded', sent: true, grade }];
      return [...survey, { name: 'closed', reason }];
    },
  } satisfies Rule<'close'>,

  reopen: {
    steps: ['satisfaction', 'done', 'rejected'],
    rule: (_incident, { reason }) => [{ name: 'reopened', reason }],
  } satisfies Rule<'reopen'>,

  recordSurvey: {
    steps: ['satisfaction', 'done'],
    rule: (incident, { sent, grade }) =>
      incident.survey?.sent === sent && incident.survey.grade === grade
        ? []
        : [{ name: 'survey_recorded', sent, grade }],
  } satisfies Rule<'recordSurvey'>,
};
