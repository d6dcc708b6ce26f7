import type { Instant } from '#shared/domain/instant.ts';
import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import { readStandIn, WITHDRAWN } from './stand-in.ts';
import type { NotAccepted, PendingCommand } from './sync-store.ts';

/** Makes the entry of a command that was not accepted, with all that was typed; null when it was accepted. */
export function notAcceptedOf(
  item: PendingCommand,
  outcome: CommandOutcome,
  decidedAt: Instant,
): NotAccepted | null {
  const why = whyOf(outcome);
  if (why === null) return null;
  const { id, incident, name, args, at, actor } = item;
  return { id, incident, name, args, at, actor, decidedAt, why };
}

/** True when nothing has come of a command because its author took it back. */
export const isWithdrawn = (outcome: CommandOutcome): boolean =>
  outcome.status === 'refused' &&
  outcome.refusal.kind === 'unknown_command' &&
  outcome.refusal.name === WITHDRAWN;

function whyOf(outcome: CommandOutcome): NotAccepted['why'] | null {
  switch (outcome.status) {
    case 'applied':
    case 'merged':
    // Not decided; the feed tells of no such outcome.
    case 'waits':
      return null;
    case 'held':
      return { kind: 'held', reason: outcome.reason };
    case 'refused': {
      const { refusal } = outcome;
      if (isWithdrawn(outcome)) return null;
      const status = refusal.kind === 'unknown_command' ? readStandIn(refusal.name) : null;
      return status === null
        ? { kind: 'refused', refusal }
        : { kind: 'quarantined', message: `HTTP ${status}` };
    }
    default:
      return outcome satisfies never;
  }
}
