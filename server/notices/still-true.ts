import { currentAgency, openReply, type Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { DUE_STEPS } from '#shared/domain/step.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import type { MailedKind } from '#shared/protocol/notices.ts';

/** Something a person was to be told, with its incident as it is now. */
export interface NoticeNow {
  readonly kind: MailedKind;
  readonly mark: string;
  readonly incident: Incident;
}

/** Who is told, when and where. */
interface Moment {
  /** Of an executor; null for people of the centre. */
  readonly agency: string | null;
  readonly now: Instant;
  readonly zone: string;
}

const WITH_AGENCY: ReadonlySet<string> = new Set(['assigned', 'in_progress']);

/** An executor owes what their agency has; people of the centre owe what is not an agency's. */
const owes = (incident: Incident, agency: string | null): boolean =>
  agency === null || (currentAgency(incident) === agency && WITH_AGENCY.has(incident.step.name));

const isDue = ({ due, step }: Incident, mark: string): boolean =>
  due !== null && String(due.at) === mark && DUE_STEPS.has(step.name);

/**
 * Tells whether a notice still holds: of what was done meanwhile nobody is told, nor that a deadline is near
 * once it has passed.
 */
export function isStillTrue({ kind, mark, incident }: NoticeNow, { agency, now, zone }: Moment): boolean {
  const dueAt = incident.due?.at ?? 0;
  switch (kind) {
    case 'assigned':
      return agency !== null && owes(incident, agency);
    case 'sentBack':
      return openReply(incident)?.state === 'sent_back';
    case 'near':
      return isDue(incident, mark) && dueAt > now && owes(incident, agency);
    case 'overdue':
      return isDue(incident, mark) && dueAt <= now && owes(incident, agency);
    case 'promised':
      return incident.promises.some(
        ({ state, due }) => state === 'open' && localTimeAt(zone, due).date === mark,
      );
  }
}
