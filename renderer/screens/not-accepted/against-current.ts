import type { IncidentCommand } from '#shared/domain/command.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import { seenOn, type SeenCommand } from '#shared/domain/subject.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { NotAccepted } from '#renderer/data/sync/sync-store.ts';

/**
 * Refusals of commands about one text or one act which is no longer the last: sent again, they are refused
 * again.
 */
const LOOK_ANEW: ReadonlySet<Refusal['kind']> = new Set([
  'other_submission',
  'submission_unnamed',
  'acted_on_top',
  'not_your_act',
  'nothing_to_undo',
]);

/**
 * Tells whether the same command may be accepted now; otherwise the person looks at the incident and decides
 * there.
 */
export const mayGoAgain = ({ why }: Pick<NotAccepted, 'why'>): boolean =>
  why.kind !== 'refused' || !LOOK_ANEW.has(why.refusal.kind);

/**
 * Gives the same command based on the incident as it is now: the `from` of each value becomes the one this
 * screen shows.
 */
export function againstCurrent(command: IncidentCommand, incident: Incident | null): SeenCommand {
  if (incident === null) return command as SeenCommand;
  return seenOn(withCurrentFields(command, incident), incident);
}

function withCurrentFields(command: IncidentCommand, incident: Incident): IncidentCommand {
  switch (command.name) {
    case 'classify':
      return { name: 'classify', args: { ...command.args, from: incident.classification?.topic ?? '' } };
    case 'place':
      return { name: 'place', args: { ...command.args, from: incident.place } };
    case 'route':
      return { name: 'route', args: { ...command.args, from: currentAgency(incident) ?? '' } };
    case 'close':
      return { name: 'close', args: { ...command.args, seenMessages: incident.messages.length } };
    default:
      return command;
  }
}
