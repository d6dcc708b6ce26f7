import type { EventBody } from '#shared/domain/event.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { openReply } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { assertNever } from '#shared/domain/must.ts';
import type { StepName } from '#shared/domain/step.ts';
import type { RowValues } from './import-values.ts';
import type { IncidentBuilder } from './incident-builder.ts';
import { readClosing } from './words.ts';

/** The step a row without column Q must be at, by its moments. */
export function impliedStep(values: RowValues): StepName {
  if (values.step !== null) return values.step;
  if (values.moment('closedAt') !== null) return 'done';
  if (values.moment('satisfactionAt') !== null) return 'satisfaction';
  if (values.moment('firstReplyAt') !== null || values.moment('agencyReplyAt') !== null) return 'in_progress';
  if (values.moment('submittedAt') !== null) return 'approval';
  return values.text('agency') === '' ? 'new' : 'assigned';
}

/** Brings the incident to the row's step, when the events of its columns have not done so already. */
export function arriveAt(builder: IncidentBuilder, values: RowValues): void {
  const step = impliedStep(values);
  if (builder.now().step.name === step) return;
  const at = lastMoment(values);
  for (const body of bodiesTo(step, builder.now(), values, at))
    builder.push(body.name === 'closed' ? (values.moment('closedAt') ?? at) : at, body);
}

/** The latest thing a row tells a moment of. */
function lastMoment(values: RowValues): Instant {
  const moments = (
    ['closedAt', 'satisfactionAt', 'agencyReplyAt', 'submittedAt', 'assignedAt', 'firstReplyAt'] as const
  ).map(values.moment);
  return Math.max(values.createdAt, ...moments.filter((at) => at !== null));
}

function bodiesTo(step: StepName, incident: Incident, values: RowValues, at: Instant): readonly EventBody[] {
  switch (step) {
    case 'new':
    case 'assigned':
      // Being assigned follows from column D alone; a row that has it is assigned, whatever it calls its
      // step.
      return [];
    case 'in_progress':
      return [{ name: 'taken_to_work' }];
    case 'approval':
      return [...draft(incident, values), { name: 'reply_submitted' }];
    case 'publishing':
      return [
        ...draft(incident, values),
        { name: 'reply_approved', text: openReply(incident)?.text ?? values.replies[0] ?? '' },
      ];
    case 'satisfaction':
      return [{ name: 'satisfaction_reached' }];
    case 'done':
      return closing(values);
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
const draft = (incident: Incident, values: RowValues): readonly EventBody[] =>
  openReply(incident) === null
    ? [{ name: 'reply_drafted', text: values.replies[0] ?? '', kind: 'final', promises: [] }]
    : [];

/** Words we do not know stay in the kept cells; for ourselves the dialogue was simply ended. */
const closing = (values: RowValues): readonly EventBody[] => [
  { name: 'closed', reason: readClosing(values.text('closingReason'))?.reason ?? 'dialogue_pointless' },
];
