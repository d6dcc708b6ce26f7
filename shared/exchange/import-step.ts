import type { EventBody } from '#shared/domain/event.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { openReply } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { assertNever } from '#shared/domain/must.ts';
import type { StepName } from '#shared/domain/step.ts';
import type { RowFacts } from './import-facts.ts';
import type { IncidentBuilder } from './incident-builder.ts';
import { readClosing } from './words.ts';

/** The step a row without column Q must be at, by its moments. */
export function impliedStep(facts: RowFacts): StepName {
  if (facts.step !== null) return facts.step;
  if (facts.moment('closedAt') !== null) return 'done';
  if (facts.moment('satisfactionAt') !== null) return 'satisfaction';
  if (facts.moment('firstReplyAt') !== null || facts.moment('agencyReplyAt') !== null) return 'in_progress';
  if (facts.moment('submittedAt') !== null) return 'approval';
  return facts.text('agency') === '' ? 'new' : 'assigned';
}

/** Brings the incident to the row's step, when the events of its columns have not done so already. */
export function arriveAt(builder: IncidentBuilder, facts: RowFacts): void {
  const step = impliedStep(facts);
  if (builder.now().step.name === step) return;
  const at = lastMoment(facts);
  for (const body of bodiesTo(step, builder.now(), facts, at))
    builder.push(body.name === 'closed' ? (facts.moment('closedAt') ?? at) : at, body);
}

/** The latest thing a row tells a moment of. */
function lastMoment(facts: RowFacts): Instant {
  const moments = (
    ['closedAt', 'satisfactionAt', 'agencyReplyAt', 'submittedAt', 'assignedAt', 'firstReplyAt'] as const
  ).map(facts.moment);
  return Math.max(facts.createdAt, ...moments.filter((at) => at !== null));
}

function bodiesTo(step: StepName, incident: Incident, facts: RowFacts, at: Instant): readonly EventBody[] {
  switch (step) {
    case 'new':
    case 'assigned':
      // Being assigned follows from column D alone; a row that has it is assigned, whatever it calls its
      // step.
      return [];
    case 'in_progress':
      return [{ name: 'taken_to_work' }];
    case 'approval':
      return [...draft(incident, facts), { name: 'reply_submitted' }];
    case 'publishing':
      return [
        ...draft(incident, facts),
        { name: 'reply_approved', text: openReply(incident)?.text ?? facts.replies[0] ?? '' },
      ];
    case 'satisfaction':
      return [{ name: 'satisfaction_reached' }];
    case 'done':
      return closing(facts);
    case 'deferred':
      // The file does not tell until when: it is due back at once, for a person to look at.
      return [{ name: 'deferred', until: at, reason: '' }];
    case 'returned':
      return [{ name: 'returned_to_centre', reason: '', target: null }];
    case 'reopened':
      return [{ name: 'reopened', reason: '' }];
    case 'rejected':
    case 'merged':
      // Into which incident the file does not tell, so a merged one is one that needs no work.
      return [{ name: 'rejected', reason: 'other', comment: '' }];
    default:
      return assertNever(step);
  }
}

/** A reply to stand on approval, when no column brought one. */
const draft = (incident: Incident, facts: RowFacts): readonly EventBody[] =>
  openReply(incident) === null
    ? [{ name: 'reply_drafted', text: facts.replies[0] ?? '', kind: 'final', promises: [] }]
    : [];

/** Words we do not know stay in the kept cells; for ourselves the dialogue was simply ended. */
const closing = (facts: RowFacts): readonly EventBody[] => [
  { name: 'closed', reason: readClosing(facts.text('closingReason'))?.reason ?? 'dialogue_pointless' },
];
