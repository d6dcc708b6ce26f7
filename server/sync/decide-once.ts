import type { Incident } from '#shared/domain/incident.ts';
import { INSTANTS, isSensible, type Instant } from '#shared/domain/instant.ts';
import { isRecordCommand, type RecordCommand } from '#shared/domain/record.ts';
import { parseCommand, type CommandOutcome, type Envelope } from '#shared/protocol/envelope.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import { cleanText } from '#shared/text/clean-text.ts';
import { validate as isUuid } from 'uuid';
import {
  decideCommand,
  decideRecordCommand,
  holdReason,
  refused,
  unchanged,
  type CommandDecision,
} from './decide-command.ts';
import type { Known, Ledger } from './ledger.ts';
import type { SentRow } from './lock-surroundings.ts';
import { changesMade, type RegionChange } from './region-change.ts';
import type { DecidedCommand } from './store-changes.ts';
import type { SyncSession } from './sync-session.ts';
import { waitsRefused, waitsUndecided } from './waits.ts';

/**
 * The result of pushing one command. `decided` gives the stored outcome, of now (with its revision) or of
 * long ago. `other`: its seq was used by another command, so there is nothing to tell. `gap`: commands before
 * it are missing.
 */
export type PushStep =
  | {
      readonly kind: 'decided';
      readonly outcome: CommandOutcome;
      readonly lastSeq: number;
      readonly v: number | null;
      /** Changes of now; of a command decided long ago nothing is told again. */
      readonly changes: readonly RegionChange[];
    }
  | { readonly kind: 'other'; readonly lastSeq: number }
  | { readonly kind: 'gap'; readonly lastSeq: number }
  | { readonly kind: 'foreign_client' }
  /** The console has seen a revision that this database does not know. */
  | { readonly kind: 'put_back' };

/** One command to be decided. */
export interface Attempt {
  readonly session: SyncSession;
  readonly clientId: string;
  readonly envelope: Envelope;
  /** An earlier command of the same console about the same incident waits. */
  readonly isBehind: boolean;
  /** The revision that the console has seen; null where it does not say. */
  readonly seen: SeenRevision | null;
  readonly now: Instant;
  /** The arguments as they can be stored. */
  readonly args: unknown;
  /** Set when an earlier attempt failed on a value that cannot be stored. */
  readonly unstorable: string | null;
}

/**
 * Decides one command in one transaction, exactly once by its id. The client's row is locked first, so two
 * copies of one push cannot both be new.
 */
export async function decideOnce(ledger: Ledger, attempt: Attempt): Promise<PushStep> {
  const { clientId, envelope, now } = attempt;
  const lastSeq = await ledger.lockClient(clientId, now);
  if (lastSeq === null) return { kind: 'foreign_client' };
  const known = await ledger.findKnown(envelope.id, attempt.seen);
  if (!known.isOurs) return { kind: 'put_back' };
  if (envelope.seq > lastSeq + 1) return { kind: 'gap', lastSeq };
  const isNext = envelope.seq === lastSeq + 1;
  if (known.outcome !== null) {
    if (isNext) await ledger.storeReplay({ clientId, seq: envelope.seq, commandId: envelope.id });
    return {
      kind: 'decided',
      outcome: { ...known.outcome, seq: envelope.seq },
      lastSeq: isNext ? envelope.seq : lastSeq,
      v: null,
      changes: [],
    };
  }
  if (!isNext) return { kind: 'other', lastSeq };
  const { outcome, ...changed } = await decideOrWait(ledger, attempt, known);
  if (outcome.status === 'waits') {
    await ledger.countOnly(clientId, envelope.seq);
    return { kind: 'decided', outcome, lastSeq: envelope.seq, v: null, changes: [] };
  }
  const v = await ledger.store({ ...changed, command: decidedCommand(attempt, outcome), now });
  return { kind: 'decided', outcome, lastSeq: envelope.seq, v, changes: changesMade(changed) };
}

function decidedCommand(
  { session, clientId, envelope, now, args }: Attempt,
  outcome: Exclude<CommandOutcome, { readonly status: 'waits' }>,
): DecidedCommand {
  return {
    id: envelope.id,
    client_id: clientId,
    seq: envelope.seq,
    actor: session.account,
    name: cleanText(envelope.name),
    // The id of a setting is no uuid; its arguments name it.
    incident_id: isUuid(envelope.incident) ? envelope.incident : null,
    args,
    at: isSensible(envelope.at) ? envelope.at : now,
    outcome,
    status: outcome.status,
  };
}

/** Decides a command, or lets it wait for what it depends on. */
async function decideOrWait(ledger: Ledger, attempt: Attempt, known: Known): Promise<CommandDecision> {
  const waiting = { ...attempt, putBackAt: known.putBackAt };
  const undecided = await waitsUndecided(ledger, waiting);
  if (undecided !== null) return unchanged(undecided);
  const decision = await decideNew(ledger, attempt, known);
  const { outcome } = decision;
  const waits = outcome.status === 'refused' ? waitsRefused(waiting, outcome.refusal) : null;
  return waits === null ? decision : unchanged(waits);
}

const NO_INCIDENT = { kind: 'malformed', path: 'incident', problem: 'not a uuid' } as const;

async function decideNew(
  ledger: Ledger,
  attempt: Attempt,
  { referenceV, isDisabled }: Known,
): Promise<CommandDecision> {
  const { session, envelope, now, args, unstorable } = attempt;
  const { id, seq, incident } = envelope;
  const reason = holdReason({ ...session, isDisabled: session.isDisabled || isDisabled });
  if (reason !== null) return unchanged({ status: 'held', id, seq, reason });
  if (!isSensible(envelope.at)) return refused(envelope, { kind: 'clock_wrong' });
  if (unstorable !== null) return refused(envelope, { kind: 'malformed', path: '', problem: unstorable });
  const parsed = parseCommand(cleanText(envelope.name), args);
  if (!parsed.ok) return refused(envelope, parsed.refusal);
  const { command } = parsed;
  if (isRecordCommand(command)) {
    const { kind } = command.args;
    const sent = sentRows(incident, command);
    const surroundings = await ledger.lockSurroundings(kind, sent, now);
    const ids = sent.map((row) => row.id);
    const befores = await ledger.lockRecords(kind, ids);
    return decideRecordCommand(session, envelope, command, { befores, surroundings });
  }
  if (!isUuid(incident)) return refused(envelope, NO_INCIDENT);
  if (command.name === 'undo' && (await neverHappened(ledger, command.args.event)))
    return unchanged({ status: 'applied', id, seq });
  const ids = command.name === 'merge' ? [incident, command.args.into] : [incident];
  const [incidents, settings] = [await ledger.lockIncidents(ids), await ledger.settings(referenceV)];
  const known = await knownMoment(ledger, envelope, incidents.get(incident) ?? null);
  const number = command.name === 'register' ? await numberHadOnce(ledger, envelope) : null;
  return decideCommand(session, envelope, command, { incidents, settings, now, known, number });
}

/** The rows that a command about records brings. */
function sentRows(id: string, command: RecordCommand): readonly SentRow[] {
  if (command.name === 'saveRecords') return command.args.rows;
  return [{ id, row: command.name === 'saveRecord' ? command.args.row : null }];
}

/**
 * A command that was not carried out is undone already: without a network a person may take back what the API
 * then refuses.
 */
async function neverHappened(ledger: Ledger, command: string): Promise<boolean> {
  const status = await ledger.statusOf(command);
  return status === 'refused' || status === 'held';
}

/**
 * The last moment of what the console had confirmed of the incident, for `momentOfAct`. Looked up only where
 * the act would stand before something that has happened; a console that does not say what it knew knew at
 * least that the incident was there.
 */
async function knownMoment(
  ledger: Ledger,
  { incident, at, confirmed = 1 }: Envelope,
  before: Incident | null,
): Promise<Instant> {
  if (before === null) return INSTANTS.from;
  if (before.history.every((entry) => entry.at <= at)) return before.createdAt;
  return (await ledger.lastMoment(incident, confirmed)) ?? before.createdAt;
}

/**
 * The number that a registration offered again had, if nobody has it now; else null, and it gets the next
 * one. Numbers go on above all that were given out, so it is no number that is still to come.
 */
async function numberHadOnce(ledger: Ledger, { again }: Envelope): Promise<number | null> {
  if (again === undefined || again.number === null) return null;
  return (await ledger.isFreeNumber(again.number)) ? again.number : null;
}
