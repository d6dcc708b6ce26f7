import type { Role } from '#shared/domain/actor.ts';
import {
  INCIDENT_COMMAND_NAMES,
  INCIDENT_COMMAND_ROLES,
  type IncidentCommandName,
} from '#shared/domain/command.ts';
import { closingCommands } from '#shared/domain/decide-closing.ts';
import { detailCommands } from '#shared/domain/decide-details.ts';
import { replyCommands } from '#shared/domain/decide-reply.ts';
import { routingCommands } from '#shared/domain/decide-routing.ts';
import type { StepName } from '#shared/domain/step.ts';

type Steps = readonly StepName[] | 'any';

const RULES: Readonly<Record<string, { readonly steps: Steps }>> = {
  ...detailCommands,
  ...routingCommands,
  ...replyCommands,
  ...closingCommands,
};

/**
 * Steps in which a command is legal only as a repeat of one that was carried out: not worth offering to a
 * person.
 */
const REPEATS: Partial<Record<IncidentCommandName, StepName>> = {
  takeToWork: 'in_progress',
  submitForApproval: 'approval',
  approve: 'publishing',
  close: 'done',
  reject: 'rejected',
  merge: 'merged',
};

/**
 * The commands worth offering in a step to a role, in the order of the command list; read from the rules that
 * judge them.
 */
export function commandsFor(step: StepName, role: Role): ReadonlySet<IncidentCommandName> {
  return new Set(
    INCIDENT_COMMAND_NAMES.filter((name) => {
      const steps = RULES[name]?.steps;
      if (steps === undefined || !INCIDENT_COMMAND_ROLES[name].includes(role) || REPEATS[name] === step)
        return false;
      return steps === 'any' || steps.includes(step);
    }),
  );
}
