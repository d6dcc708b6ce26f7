import type { IncidentCommand } from '#shared/domain/command.ts';
import { makeDecideContext, type CentreSettings } from '#shared/domain/decide-context.ts';
import { decide, type Decision } from '#shared/domain/decide.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { currentSettings } from './centre-settings.ts';
import { changeOf, lockIncidents, storeChanges } from './store-changes.ts';

/** A command of a page instead of a person: `by` is how the history names it. */
export interface SystemCommand {
  readonly incident: string;
  readonly by: string;
  readonly command: IncidentCommand;
  readonly now: Instant;
}

/** A command with the region it is decided in. */
export interface RegionalCommand extends SystemCommand {
  readonly region: string;
}

/** Decides a command of a page as the API decides a person's. */
export const decideSystemCommand = (
  settings: CentreSettings,
  before: Incident | null,
  { incident, by, command, now }: SystemCommand,
): Decision =>
  decide(
    incident,
    before,
    command,
    makeDecideContext(settings, { actor: { id: by, role: 'system', agency: null }, at: now, command: null }),
  );

/** Decides a command of a page and stores what follows. Gives the refusal, if any. */
export async function applySystemCommand(
  tx: ScopedTransaction,
  command: RegionalCommand,
): Promise<Refusal | null> {
  const { region, incident, now } = command;
  const settings = await currentSettings(tx, region);
  const before = (await lockIncidents(tx, region, [incident])).get(incident) ?? null;
  const decision = decideSystemCommand(settings, before, command);
  if (!decision.ok) return decision.refusal;
  if (decision.events.length > 0)
    await storeChanges(tx, region, [changeOf(incident, before, decision.events)], now);
  return null;
}
