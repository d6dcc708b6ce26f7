import type { Instant } from '#shared/domain/instant.ts';
import type { CommandOutcome, PushRequest, PushResponse } from '#shared/protocol/envelope.ts';
import type { Database } from '#server/store/database.ts';
import { cleanJson } from './clean-json.ts';
import { isUnstorable } from './database-trouble.ts';
import { decideOnce, type Attempt, type PushStep } from './decide-once.ts';
import type { Ledgers } from './ledger.ts';
import { postgresLedgers } from './postgres-ledger.ts';
import type { RegionChange } from './region-change.ts';
import type { SyncSession } from './sync-session.ts';

/**
 * `forbidden`: a command names another account than the session's. `foreign_client`: the workstation's id is
 * another account's, who alone numbers commands under it. `put_back`: the database does not know the revision
 * that the console has seen; nothing was decided.
 */
export type PushResult =
  | {
      readonly kind: 'pushed';
      readonly response: PushResponse;
      /** Changes that were committed, for whatever follows from them. */
      readonly changes: readonly RegionChange[];
    }
  | { readonly kind: 'forbidden' | 'foreign_client' | 'put_back' };

/** Decides commands in the database; see {@link decidePush}. */
export const pushCommands = (
  db: Database,
  session: SyncSession,
  request: PushRequest,
  now: () => Instant,
): Promise<PushResult> => decidePush(postgresLedgers(db, session), session, request, now);

/**
 * Decides commands in their order, each in a transaction of its own, exactly once by id. Stops at a gap.
 * Throws what the database throws when it is away; whatever was decided by then is answered with its stored
 * outcome when it is sent again.
 */
export async function decidePush(
  ledgers: Ledgers,
  session: SyncSession,
  request: PushRequest,
  now: () => Instant,
): Promise<PushResult> {
  if (request.commands.some(({ actor }) => actor !== session.account)) return { kind: 'forbidden' };
  const outcomes: CommandOutcome[] = [];
  const changes: RegionChange[] = [];
  let [lastSeq, headV, gap]: [number, number | null, number | null] = [0, null, null];
  const waiting = new Set<string>();
  const { clientId, seen = null } = request;
  for (const envelope of request.commands) {
    const isBehind = envelope.again?.behind === true || waiting.has(envelope.incident);
    const sent = { session, clientId, envelope, isBehind, seen, now: now() };
    const step = await decideStorable(ledgers, sent);
    if (step.kind === 'foreign_client' || step.kind === 'put_back') return step;
    lastSeq = step.lastSeq;
    if (step.kind === 'decided') {
      outcomes.push(step.outcome);
      changes.push(...step.changes);
      headV = step.v ?? headV;
      if (step.outcome.status === 'waits') waiting.add(envelope.incident);
    }
    if (step.kind === 'gap') {
      gap = lastSeq + 1;
      break;
    }
  }
  return {
    kind: 'pushed',
    response: { outcomes, lastSeq, headV: headV ?? (await ledgers.headV()), gap },
    changes,
  };
}

type Sent = Omit<Attempt, 'args' | 'unstorable'>;

async function decideStorable(ledgers: Ledgers, sent: Sent): Promise<PushStep> {
  const attemptWith = (args: unknown, unstorable: string | null): Promise<PushStep> =>
    ledgers.transact((ledger) => decideOnce(ledger, { ...sent, args, unstorable }));
  try {
    return await attemptWith(cleanJson(sent.envelope.args), null);
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    // Without its arguments, which cannot be stored; the console keeps them and shows them beside the
    // refusal.
    return attemptWith(null, error instanceof Error ? error.message : 'unstorable');
  }
}
