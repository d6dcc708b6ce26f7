import { sql } from 'kysely';
import type { Incident } from '#shared/domain/incident.ts';
import { INSTANTS, isSensible, MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { isRecordCommand } from '#shared/domain/record.ts';
import {
  parseCommand,
  type Envelope,
  type CommandOutcome,
  type PushRequest,
  type PushResponse,
} from '#shared/protocol/envelope.ts';
import { cleanText } from '#shared/text/clean-text.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { cleanJson } from './clean-json.ts';
import { isUnstorable, withRetries } from './database-trouble.ts';
import {
  holdReason,
  decideCommand,
  decideRecordCommand,
  refused,
  type CommandDecision,
} from './decide-command.ts';
import { FACT_KINDS, factsAt, type FactsCache } from './reference-facts.ts';
import { lockRecord } from './reference.ts';
import { storeReplay } from './replay.ts';
import { lockIncidents, storeChanges, type DecidedCommand } from './store-changes.ts';
import { scopeOf, type SyncSession } from './sync-session.ts';

/**
 * `forbidden`: a command names another account than the session's. `foreign_client`: the workstation's id is
 * another account's, who alone numbers commands under it.
 */
export type PushResult =
  | { readonly kind: 'pushed'; readonly response: PushResponse }
  | { readonly kind: 'forbidden' | 'foreign_client' };

/**
 * The result of pushing one command. `decided` gives the stored outcome, of now (with its revision) or of
 * long ago. `other`: its seq was used by another command, so there is nothing to tell. `gap`: commands before
 * it are missing.
 */
type PushStep =
  | {
      readonly kind: 'decided';
      readonly outcome: CommandOutcome;
      readonly lastSeq: number;
      readonly v: number | null;
    }
  | { readonly kind: 'other'; readonly lastSeq: number }
  | { readonly kind: 'gap'; readonly lastSeq: number }
  | { readonly kind: 'foreign_client' };

const FACTS = new WeakMap<Database, FactsCache>();

function cacheOf(db: Database): FactsCache {
  const cache = FACTS.get(db) ?? new Map();
  FACTS.set(db, cache);
  return cache;
}

/**
 * Decides commands in their order, each in a transaction of its own, exactly once by id. Stops at a gap.
 * Throws what the database throws when it is away; whatever was decided by then is answered with its stored
 * outcome when it is sent again.
 */
export async function pushCommands(
  db: Database,
  session: SyncSession,
  request: PushRequest,
  now: () => Instant,
): Promise<PushResult> {
  if (request.commands.some(({ actor }) => actor !== session.account)) return { kind: 'forbidden' };
  const outcomes: CommandOutcome[] = [];
  let [lastSeq, headV, gap]: [number, number | null, number | null] = [0, null, null];
  for (const envelope of request.commands) {
    const step = await pushOne(db, session, request.clientId, envelope, now());
    if (step.kind === 'foreign_client') return step;
    lastSeq = step.lastSeq;
    if (step.kind === 'decided') {
      outcomes.push(step.outcome);
      headV = step.v ?? headV;
    }
    if (step.kind === 'gap') {
      gap = lastSeq + 1;
      break;
    }
  }
  return {
    kind: 'pushed',
    response: { outcomes, lastSeq, headV: headV ?? (await headOf(db, session)), gap },
  };
}

async function headOf(db: Database, session: SyncSession): Promise<number> {
  const row = await withScope(db, scopeOf(session), (tx) =>
    tx.selectFrom('sync_clock').select('v').where('region_id', '=', session.region).executeTakeFirst(),
  );
  return must(row, `region ${session.region} has a clock`).v;
}

async function pushOne(
  db: Database,
  session: SyncSession,
  clientId: string,
  envelope: Envelope,
  now: Instant,
): Promise<PushStep> {
  const attempt = { session, clientId, envelope, now, cache: cacheOf(db) };
  const attemptWith = (args: unknown, unstorable: string | null): Promise<PushStep> =>
    withRetries(() =>
      withScope(db, scopeOf(session), (tx) => decideOnce(tx, { ...attempt, args, unstorable })),
    );
  try {
    return await attemptWith(cleanJson(envelope.args), null);
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    // Without its arguments, which cannot be stored; the console keeps them and shows them beside the
    // refusal.
    return attemptWith(null, error instanceof Error ? error.message : 'unstorable');
  }
}

interface Attempt {
  readonly session: SyncSession;
  readonly clientId: string;
  readonly envelope: Envelope;
  readonly now: Instant;
  /** The arguments as they can be stored. */
  readonly args: unknown;
  /** Set when an earlier attempt failed on a value PostgreSQL cannot hold. */
  readonly unstorable: string | null;
  readonly cache: FactsCache;
}

/**
 * One command in one transaction. The client's row is locked first, so two copies of one push cannot both be
 * new.
 */
async function decideOnce(tx: ScopedTransaction, attempt: Attempt): Promise<PushStep> {
  const { session, clientId, envelope, now, args } = attempt;
  const lastSeq = await lockClient(tx, attempt);
  if (lastSeq === null) return { kind: 'foreign_client' };
  const known = await findKnown(tx, attempt);
  if (envelope.seq > lastSeq + 1) return { kind: 'gap', lastSeq };
  const isNext = envelope.seq === lastSeq + 1;
  if (known.outcome !== null) {
    if (isNext)
      await storeReplay(tx, session.region, { clientId, seq: envelope.seq, commandId: envelope.id });
    return {
      kind: 'decided',
      outcome: { ...known.outcome, seq: envelope.seq },
      lastSeq: isNext ? envelope.seq : lastSeq,
      v: null,
    };
  }
  if (!isNext) return { kind: 'other', lastSeq };
  const { outcome, change, record } = await decideAttempt(tx, attempt, known);
  const command: DecidedCommand = {
    id: envelope.id,
    client_id: clientId,
    seq: envelope.seq,
    actor: session.account,
    name: cleanText(envelope.name),
    incident_id: envelope.incident,
    args,
    at: isSensible(envelope.at) ? envelope.at : now,
    outcome,
    status: outcome.status,
  };
  const changes = change === null ? [] : [change];
  const v = await storeChanges(tx, session.region, changes, now, command, record);
  return { kind: 'decided', outcome, lastSeq: envelope.seq, v };
}

/** Gives the last seq of the workstation, which is this account's from now on; null when it is another's. */
async function lockClient(
  tx: ScopedTransaction,
  { session, clientId, now }: Attempt,
): Promise<number | null> {
  const row = await tx
    .insertInto('sync_client')
    .values({ region_id: session.region, client_id: clientId, actor: session.account, seen_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['region_id', 'client_id'])
        .doUpdateSet({ seen_at: now })
        .where('sync_client.actor', '=', session.account),
    )
    .returning('last_seq')
    .executeTakeFirst();
  return row?.last_seq ?? null;
}

/** The state of the database that a command is decided on. `isDisabled`: as it is now, not at the request. */
interface Known {
  readonly outcome: CommandOutcome | null;
  readonly referenceV: number;
  readonly isDisabled: boolean;
}

/**
 * A command's stored outcome is looked up by its id alone: a console that lost its database offers it under a
 * new client id.
 */
async function findKnown(tx: ScopedTransaction, { session, envelope }: Attempt): Promise<Known> {
  const { rows } = await sql<{
    outcome: CommandOutcome | null;
    reference_v: number;
    disabled: boolean | null;
  }>`select
    (select disabled from account
      where region_id = ${session.region} and id = ${session.account}) as disabled,
    (select outcome from sync_command where region_id = ${session.region} and id = ${envelope.id}
      and actor = ${session.account}) as outcome,
    (select coalesce(max(v), 0) from reference where region_id = ${session.region}
      and kind = any (${FACT_KINDS})) as reference_v`.execute(tx);
  const { outcome, reference_v: referenceV, disabled } = must(rows[0], 'one row');
  return { outcome, referenceV, isDisabled: disabled === true };
}

/**
 * A command that was not carried out is undone already: without a network a person may take back what the API
 * then refuses.
 */
async function neverHappened(tx: ScopedTransaction, session: SyncSession, id: string): Promise<boolean> {
  const known = await tx
    .selectFrom('sync_command')
    .select('status')
    .where('region_id', '=', session.region)
    .where('id', '=', id)
    .where('actor', '=', session.account)
    .executeTakeFirst();
  return known?.status === 'refused' || known?.status === 'held';
}

/**
 * How far ahead of ours a workstation's clock may be: its hour may be wrong, but not its day. What is ahead
 * is taken as now.
 */
const AHEAD_MS = MS_PER_DAY;

const isTimely = (at: Instant, now: Instant): boolean => isSensible(at) && at <= now + AHEAD_MS;

async function decideAttempt(
  tx: ScopedTransaction,
  attempt: Attempt,
  { referenceV, isDisabled }: Known,
): Promise<CommandDecision> {
  const { session, envelope, now, args, unstorable, cache } = attempt;
  const { id, seq, incident } = envelope;
  const reason = holdReason({ ...session, isDisabled: session.isDisabled || isDisabled });
  if (reason !== null) return { outcome: { status: 'held', id, seq, reason }, change: null, record: null };
  if (!isTimely(envelope.at, now)) return refused(envelope, { kind: 'clock_wrong' });
  if (unstorable !== null) return refused(envelope, { kind: 'malformed', path: '', problem: unstorable });
  const parsed = parseCommand(cleanText(envelope.name), args);
  if (!parsed.ok) return refused(envelope, parsed.refusal);
  const { command } = parsed;
  if (isRecordCommand(command)) {
    const before = await lockRecord(tx, session.region, command.args.kind, incident);
    return decideRecordCommand(session, envelope, command, before);
  }
  if (command.name === 'undo' && (await neverHappened(tx, session, command.args.event)))
    return { outcome: { status: 'applied', id, seq }, change: null, record: null };
  const ids = command.name === 'merge' ? [incident, command.args.into] : [incident];
  const [incidents, facts] = [
    await lockIncidents(tx, session.region, ids),
    await factsAt(tx, session.region, referenceV, cache),
  ];
  const known = await knownMoment(tx, session.region, envelope, incidents.get(incident) ?? null);
  return decideCommand(session, envelope, command, { incidents, facts, now, known });
}

/**
 * The last moment of what the console had confirmed of the incident, for `momentOfAct`. Looked up only where
 * the act would stand before something that has happened; a console that does not say what it knew knew at
 * least that the incident was there.
 */
async function knownMoment(
  tx: ScopedTransaction,
  region: string,
  { incident, at, confirmed = 1 }: Envelope,
  before: Incident | null,
): Promise<Instant> {
  if (before === null) return INSTANTS.from;
  if (before.history.every((entry) => entry.at <= at)) return before.createdAt;
  const known = await tx
    .selectFrom('event')
    .select((select) => select.fn.max('at').as('at'))
    .where('region_id', '=', region)
    .where('incident_id', '=', incident)
    .where('n', '<=', confirmed)
    .executeTakeFirst();
  return known?.at ?? before.createdAt;
}
