import { decide } from '#shared/domain/decide.ts';
import { makeDecideContext, type DecideContext, type ReferenceFacts } from '#shared/domain/decide-context.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { decideRecord, type CentreRecord, type RecordCommand } from '#shared/domain/record.ts';
import type { Surroundings } from '#shared/domain/records/surroundings.ts';
import { momentOfAct } from '#shared/domain/moment-of-act.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Envelope, CommandOutcome } from '#shared/protocol/envelope.ts';
import type { ReferenceChange } from './reference.ts';
import { settingChange, type SettingChange } from './setting-change.ts';
import { changeOf, type IncidentChange } from './store-changes.ts';
import type { SyncSession } from './sync-session.ts';

/**
 * The decision on a command: its outcome, and the change it makes, if any, to an incident or to a record of
 * the centre.
 */
export interface CommandDecision {
  readonly outcome: CommandOutcome;
  readonly change: IncidentChange | null;
  readonly record: ReferenceChange | null;
  /** The line of the audit log, if any. */
  readonly audit: SettingChange | null;
}

/** The state of the database on which a command is decided. */
export interface Situation {
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly facts: ReferenceFacts;
  readonly now: Instant;
  /** The last moment of what the console knew of the incident. */
  readonly known: Instant;
  /** The number that a registration offered again had before; null: it gets the next one. */
  readonly number: number | null;
}

/** A decision without a change. */
export const unchanged = (outcome: CommandOutcome): CommandDecision => ({
  outcome,
  change: null,
  record: null,
  audit: null,
});

export const refused = ({ id, seq }: Envelope, refusal: Refusal): CommandDecision =>
  unchanged({ status: 'refused', id, seq, refusal });

/**
 * Why an account may not act at all now, so that its commands are kept for a supervisor; null when it may.
 */
export function holdReason({ role, isDisabled }: SyncSession): string | null {
  if (isDisabled) return 'disabled';
  return role === 'observer' ? 'observer' : null;
}

/** Judges a command: the same `decide` the console ran on its own copy. */
export function decideCommand(
  session: SyncSession,
  envelope: Envelope,
  command: IncidentCommand,
  situation: Situation,
): CommandDecision {
  const { incident } = envelope;
  if (command.name === 'register' && command.args.region !== session.region) {
    return refused(envelope, { kind: 'malformed', path: 'region', problem: 'another region' });
  }
  const before = situation.incidents.get(incident) ?? null;
  const decision = decide(incident, before, command, contextOf(session, envelope, command, situation));
  if (!decision.ok) return refused(envelope, decision.refusal);
  const { events, merged } = decision;
  const change = events.length === 0 ? null : changeOf(incident, before, events);
  return { ...unchanged(acceptedAs(envelope, merged)), change };
}

const acceptedAs = ({ id, seq }: Envelope, merged: readonly string[]): CommandOutcome =>
  merged.length === 0 ? { status: 'applied', id, seq } : { status: 'merged', id, seq, fields: [...merged] };

/** A record as it lies in the database, locked, and what its judge looks at. */
export interface RecordSituation {
  readonly before: CentreRecord | null;
  readonly surroundings: Surroundings | null;
}

/** Judges a command about a record. */
export function decideRecordCommand(
  { role }: SyncSession,
  envelope: Envelope,
  command: RecordCommand,
  { before, surroundings }: RecordSituation,
): CommandDecision {
  const id = envelope.incident;
  const { kind } = command.args;
  const decision = decideRecord(id, before, command, { role, surroundings });
  if (!decision.ok) return refused(envelope, decision.refusal);
  const { row, merged } = decision;
  const record: ReferenceChange | null =
    row !== null ? { kind, id, row } : before === null ? null : { kind, id, deleted: true };
  const audit = settingChange(kind, id, before, row);
  return { ...unchanged(acceptedAs(envelope, merged)), record, audit };
}

function contextOf(
  session: SyncSession,
  envelope: Envelope,
  command: IncidentCommand,
  { facts, incidents, now, known, number }: Situation,
): DecideContext {
  const agency = session.role === 'executor' ? session.agency : null;
  return makeDecideContext(facts, {
    actor: { id: session.account, role: session.role, agency },
    ...momentOfAct(envelope.at, known, now),
    command: envelope.id,
    number,
    target: command.name === 'merge' ? (incidents.get(command.args.into) ?? null) : null,
  });
}
