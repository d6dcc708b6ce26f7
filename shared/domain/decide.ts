import { withAttachments } from './attachment.ts';
import type { ArgsOf, IncidentCommand, IncidentCommandName } from './command.ts';
import { INCIDENT_COMMAND_ROLES } from './command.ts';
import type { DecideContext } from './decide-context.ts';
import { replyCommands } from './decide-reply.ts';
import { routingCommands } from './decide-routing.ts';
import { detailCommands } from './decide-details.ts';
import { closingCommands } from './decide-closing.ts';
import { decideUndo } from './decide-undo.ts';
import { dueAfter, sameDue } from './due.ts';
import type { EventBody, IncidentEvent } from './event.ts';
import { evolveAll } from './evolve.ts';
import { refusalOfMore } from './fullness.ts';
import { isSensible } from './instant.ts';
import type { Incident } from './incident.ts';
import { currentAgency } from './incident.ts';
import type { EnteredLater } from './moment-of-act.ts';
import type { Refusal } from './refusal.ts';
import type { Rule, Ruling } from './rule.ts';
import { decidedMeanwhile, isStale } from './subject.ts';

/**
 * Events, or the reason there are none. `merged` names fields in which another person's newer value was
 * overwritten.
 */
export type Decision =
  | { readonly ok: true; readonly events: readonly IncidentEvent[]; readonly merged: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

type StepCommand = Exclude<IncidentCommandName, 'register' | 'undo'>;

const RULES: { readonly [N in StepCommand]: Rule<N> } = {
  ...detailCommands,
  ...routingCommands,
  ...replyCommands,
  ...closingCommands,
};

const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });

/**
 * The one decider of Pult: the console decides on its own copy, the API again in a transaction.
 * `decide(incident, command, context) -> events | refusal`. Pure; total over every command in every step.
 * No events means that the incident is already as the command wants it (somebody did the same before), which
 * counts as applied.
 */
export function decide(
  id: string,
  incident: Incident | null,
  command: IncidentCommand,
  context: DecideContext,
): Decision {
  if (!isSensible(context.at)) return refuse({ kind: 'clock_wrong' });
  try {
    const decision = decideByRules(id, incident, command, context);
    if (!decision.ok || incident === null || decision.events.length === 0) return decision;
    const tooMuch = refusalOfMore(command.name, incident, evolveAll(id, incident, decision.events));
    return tooMuch === null ? decision : refuse(tooMuch);
  } catch (error) {
    // A moment outside the calendar's years is the command's fault: it is refused, or it would be tried for
    // ever.
    if (!(error instanceof RangeError)) throw error;
    return refuse({ kind: 'malformed', path: 'at', problem: error.message });
  }
}

function decideByRules(
  id: string,
  incident: Incident | null,
  command: IncidentCommand,
  context: DecideContext,
): Decision {
  const { role } = context.actor;
  if (role !== 'system' && !INCIDENT_COMMAND_ROLES[command.name].includes(role))
    return refuse({ kind: 'role_may_not', role });
  if (command.name === 'register') return register(id, incident, command.args, context);
  if (incident === null) return refuse({ kind: 'no_such_incident' });
  // Decided by what it gives back: whoever returned an incident to the centre has it no longer.
  if (command.name === 'undo')
    return decisionOf(id, incident, decideUndo(incident, command.args, context), context);
  if (role === 'executor' && currentAgency(incident) !== context.actor.agency)
    return refuse({ kind: 'not_your_agency' });
  const { steps, rule } = RULES[command.name] as Rule<typeof command.name>;
  if (steps !== 'any' && !steps.includes(incident.step.name))
    return refuse({ kind: 'wrong_step', step: incident.step.name });
  const ruling = (rule as Rule<IncidentCommandName>['rule'])(
    incident,
    command.args as ArgsOf<IncidentCommandName>,
    context,
  );
  // What is so already was decided alike, whatever was seen.
  if (changesAnything(ruling) && isStale(command, incident))
    return refuse(decidedMeanwhile(command, incident));
  return decisionOf(id, incident, ruling, context);
}

const changesAnything = (ruling: Ruling): boolean =>
  !('kind' in ruling) && ('bodies' in ruling ? ruling.bodies : ruling).length > 0;

function decisionOf(id: string, incident: Incident, ruling: Ruling, context: DecideContext): Decision {
  if ('kind' in ruling) return refuse(ruling);
  if (!('bodies' in ruling)) return accept(id, incident, ruling, [], context);
  const { bodies, merged, at, entered: reason } = ruling;
  // Moments that a command names itself, of a publication or a message, are checked by its rule.
  const own = at === undefined ? {} : { at, claimed: null };
  const entered = reason === undefined ? null : { at: context.at, reason };
  return accept(id, incident, bodies, merged, { ...context, ...own, entered });
}

function register(
  id: string,
  incident: Incident | null,
  args: ArgsOf<'register'>,
  context: DecideContext,
): Decision {
  if (incident !== null) return refuse({ kind: 'already_registered' });
  if (args.createdAt > context.at) return refuse({ kind: 'date_in_future' });
  const { region, text, source, author, createdAt, media, attachments, continues } = args;
  const body: EventBody = {
    name: 'registered',
    region,
    number: context.number,
    externalId: null,
    text,
    source,
    author,
    ...(media === undefined || media.length === 0 ? {} : { media }),
    ...withAttachments(attachments),
    ...(continues === undefined ? {} : { continues }),
  };
  return accept(id, null, [body], [], { ...context, at: createdAt, claimed: null });
}

/**
 * Stamps the bodies and adds the deadline that follows from them, so that every deadline on screen has an
 * event behind it.
 */
function accept(
  id: string,
  before: Incident | null,
  bodies: readonly EventBody[],
  merged: readonly string[],
  context: DecideContext & { readonly entered?: EnteredLater | null },
): Decision {
  const { at, claimed, command, actor, entered = null } = context;
  const by = command === null ? { by: actor.id } : { by: actor.id, command };
  const late = claimed === null ? {} : { claimed };
  const afterwards = entered === null ? {} : { entered };
  const stamp = (body: EventBody): IncidentEvent => ({ ...body, at, ...by, ...late, ...afterwards });
  const events = bodies.map(stamp);
  if (events.length === 0) return { ok: true, events, merged };
  const after = evolveAll(id, before, events);
  // What is taken back takes its deadline back, even if another policy would now give another one.
  const due = events[0]?.name === 'undone' ? after.due : dueAfter(before, after, context);
  return {
    ok: true,
    events: sameDue(due, after.due) ? events : [...events, stamp({ name: 'due_set', due })],
    merged,
  };
}
