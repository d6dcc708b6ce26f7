import { decide } from '#shared/domain/decide.ts';
import { makeDecideContext, type DecideContext, type CentreSettings } from '#shared/domain/decide-context.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import {
  decideRecord,
  type CentreRecord,
  type ManyRecordsCommand,
  type OneRecordCommand,
  type RecordCommand,
} from '#shared/domain/record.ts';
import { decideRecords } from '#shared/domain/records/save-many.ts';
import type { Surroundings } from '#shared/domain/records/surroundings.ts';
import { momentOfAct } from '#shared/domain/moment-of-act.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Envelope, CommandOutcome } from '#shared/protocol/envelope.ts';
import type { ReferenceChange } from './reference.ts';
import { settingChanged, settingsLoaded, type SettingLine } from './setting-change.ts';
import { changeOf, type IncidentChange } from './store-changes.ts';
import type { SyncSession } from './sync-session.ts';

/**
 * The decision on a command: its outcome, and the change it makes, if any, to an incident or to a record of
 * the centre.
 */
export interface CommandDecision {
  readonly outcome: CommandOutcome;
  readonly change: IncidentChange | null;
  readonly records: readonly ReferenceChange[];
  /** The line of the audit log, if any. */
  readonly audit: SettingLine | null;
}

/** The state of the database on which a command is decided. */
export interface Situation {
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly settings: CentreSettings;
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
  records: [],
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

/** Records as they lie in the database, locked, and what their judge looks at. */
export interface RecordSituation {
  readonly befores: ReadonlyMap<string, CentreRecord>;
  readonly surroundings: Surroundings | null;
}

/** Judges a command about a record, or about many. */
export const decideRecordCommand = (
  session: SyncSession,
  envelope: Envelope,
  command: RecordCommand,
  situation: RecordSituation,
): CommandDecision =>
  command.name === 'saveRecords'
    ? decideMany(session, envelope, command, situation)
    : decideOne(session, envelope, command, situation);

function decideMany(
  { role }: SyncSession,
  envelope: Envelope,
  command: ManyRecordsCommand,
  { befores, surroundings }: RecordSituation,
): CommandDecision {
  const decision = decideRecords(befores, command, { role, surroundings });
  if (!decision.ok) return refused(envelope, decision.refusal);
  const { rows, merged } = decision;
  const { kind } = command.args;
  return {
    ...unchanged(acceptedAs(envelope, merged)),
    records: rows.map(({ id, row }) => ({ kind, id, row })),
    audit: settingsLoaded(envelope.incident, command, rows),
  };
}

function decideOne(
  { role }: SyncSession,
  envelope: Envelope,
  command: OneRecordCommand,
  { befores, surroundings }: RecordSituation,
): CommandDecision {
  const id = envelope.incident;
  const before = befores.get(id) ?? null;
  const { kind } = command.args;
  const decision = decideRecord(id, before, command, { role, surroundings });
  if (!decision.ok) return refused(envelope, decision.refusal);
  const { row, merged } = decision;
  const records: readonly ReferenceChange[] =
    row !== null ? [{ kind, id, row }] : before === null ? [] : [{ kind, id, deleted: true }];
  const audit = settingChanged(kind, id, before, row);
  return { ...unchanged(acceptedAs(envelope, merged)), records, audit };
}

function contextOf(
  session: SyncSession,
  envelope: Envelope,
  command: IncidentCommand,
  { settings, incidents, now, known, number }: Situation,
): DecideContext {
  const agency = session.role === 'executor' ? session.agency : null;
  return makeDecideContext(settings, {
    actor: { id: session.account, role: session.role, agency },
    ...momentOfAct(envelope.at, known, now),
    command: envelope.id,
    number,
    target: command.name === 'merge' ? (incidents.get(command.args.into) ?? null) : null,
  });
}
