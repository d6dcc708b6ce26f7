import type { Command } from '#shared/domain/command.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';

/** The same wish, said knowing what the incident is now: what the person «saw» becomes what they see on this screen. */
export function againstCurrent(command: Command, incident: Incident | null): Command {
  if (incident === null) return command;
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
