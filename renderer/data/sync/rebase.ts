import type { Actor } from '#shared/domain/actor.ts';
import { makeDecideContext, type CentreSettings } from '#shared/domain/decide-context.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { isRecordCommand } from '#shared/domain/record.ts';
import { parseCommand } from '#shared/protocol/envelope.ts';
import type { PendingCommand } from './sync-store.ts';

/** Incidents that merges point at, by id. */
export type Targets = ReadonlyMap<string, Incident>;

/** The id of the incident a command looks at besides its own, if any. */
export function mergeTargetOf(item: Pick<PendingCommand, 'name' | 'args'>): string | null {
  const parsed = parseCommand(item.name, item.args);
  return parsed.ok && parsed.command.name === 'merge' ? parsed.command.args.into : null;
}

/**
 * Replays pending commands over the confirmed state, in order of `seq`, by the same decider the API uses, and
 * gives what the screen shows: null when nothing is known of the incident. Pure. A command that no longer
 * applies is passed over and stays pending, because the API decides; a quarantined or withdrawn one has no
 * effect any more, because nobody will ever decide it.
 */
export function rebase(
  id: string,
  confirmed: Incident | null,
  pending: readonly PendingCommand[],
  settings: CentreSettings,
  actor: Actor,
  targets: Targets,
): Incident | null {
  let view = confirmed;
  for (const item of pending) {
    if (item.state === 'quarantined' || item.state === 'withdrawn') continue;
    const parsed = parseCommand(item.name, item.args);
    const target = targets.get(mergeTargetOf(item) ?? '') ?? null;
    const decision =
      parsed.ok && !isRecordCommand(parsed.command)
        ? decide(
            id,
            view,
            parsed.command,
            makeDecideContext(settings, { actor, at: item.at, command: item.id, target }),
          )
        : null;
    if (decision?.ok === true && decision.events.length > 0) view = evolveAll(id, view, decision.events);
  }
  return view;
}
