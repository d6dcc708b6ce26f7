import type { CommandOutcome } from '#shared/protocol/envelope.ts';
import { type Answer, answered } from './failure.ts';
import type { FeedPage } from './feed-page.ts';
import { finishWithoutBad, NOTHING, rowsStep } from './local-step.ts';
import { incidentsOf, isAboutRecord } from './pending-records.ts';
import { isWithdrawn, notAcceptedOf } from './not-accepted.ts';
import { isHelped, sendWaiting } from './offer-again.ts';
import type { OutcomeMemory } from './outcome-memory.ts';
import type { SyncPorts } from './ports.ts';
import { setAsideAfter, setAsideTrouble } from './set-aside.ts';
import { sortChanges, type SortedChanges } from './sort-changes.ts';
import type { Applied, NotAccepted, PendingCommand, SetAside, SyncMeta } from './sync-store.ts';

/**
 * The effect of a page of the feed. `isQueued`: there is something to push once more. `stale`: it was asked
 * for by another client id or cursor than ours is now, and nothing of it was used. `resync`: it is of another
 * epoch.
 */
export type Pulled =
  | {
      readonly kind: 'applied';
      readonly more: boolean;
      readonly incidents: readonly string[];
      readonly reference: boolean;
      readonly isQueued: boolean;
    }
  | { readonly kind: 'stale' }
  | { readonly kind: 'resync' };

/** The request a page answers: `lastSeq` and outcomes in it are that client's and nobody else's. */
export type FeedRequest = Pick<SyncMeta, 'clientId' | 'cursor'>;

/** Fetches one page after the cursor and applies it. */
export async function pullOnce(
  ports: SyncPorts,
  memory: OutcomeMemory,
  limit: number,
  bytes?: number,
): Promise<Answer<Pulled>> {
  const { clientId, cursor, mark = null, epoch, scopeHash } = await ports.store.meta();
  if (epoch === null) return answered({ kind: 'resync' });
  const at = mark === null ? { after: cursor } : { after: cursor, mark };
  const query = { ...at, clientId, epoch, scope: scopeHash, limit };
  const page = await ports.transport.changes(bytes === undefined ? query : { ...query, bytes });
  if (!page.ok) return page;
  return answered(await applyPage(ports, memory, page.value, { clientId, cursor }));
}

/**
 * Applies a page in one step of the store, however late it arrives: a page that does not begin at the cursor
 * changes nothing.
 */
export async function applyPage(
  ports: SyncPorts,
  memory: OutcomeMemory,
  page: FeedPage,
  request: FeedRequest,
): Promise<Pulled> {
  return ports.exclusive(async () => {
    const meta = await ports.store.meta();
    if (page.epoch !== meta.epoch) return { kind: 'resync' };
    if (request.clientId !== meta.clientId || page.from !== meta.cursor) return { kind: 'stale' };
    const sorted = sortChanges(page);
    const { leaving, remaining, unknown } = splitOutbox(await ports.store.outbox(), page, memory);
    const hasReference = sorted.reference.length + sorted.referenceGone.length > 0;
    if (hasReference) await storeReference(ports, sorted);
    const notAccepted = leaving.map(({ item, outcome }) =>
      notAcceptedOf(item, outcome, ports.now() + meta.clockOffset),
    );
    const touched = await storeStep(ports, meta, sorted, remaining, {
      leave: leaving.map(({ item }) => item),
      notAccepted: notAccepted.filter((entry) => entry !== null),
      cursor: page.to,
      mark: page.mark ?? null,
    });
    if (unknown.length > 0) await ports.store.markOutbox(unknown, 'queued');
    await noteLeaving(ports, memory, leaving, notAccepted, meta.clientId);
    const arrived = { incidents: touched, reference: hasReference };
    const isSentAgain = isHelped(remaining, arrived) && (await sendWaiting(ports));
    return {
      isQueued: isSentAgain || unknown.length > 0,
      kind: 'applied',
      more: page.more,
      incidents: [...touched],
      reference: hasReference || leaving.some(({ item }) => isAboutRecord(item)),
    };
  });
}

interface Ends {
  readonly leave: readonly PendingCommand[];
  readonly notAccepted: readonly NotAccepted[];
  readonly cursor: number;
  readonly mark: string | null;
}

/** Stores a page's rows with all that ends by it, and gives the incidents to look at anew. */
async function storeStep(
  ports: SyncPorts,
  { setAside }: SyncMeta,
  { incidents, unreadable }: SortedChanges,
  remaining: readonly PendingCommand[],
  { leave, notAccepted, cursor, mark }: Ends,
): Promise<ReadonlySet<string>> {
  const touched = new Set([...incidents.keys(), ...incidentsOf(leave)]);
  const after = (bad: readonly SetAside[]): readonly SetAside[] =>
    setAsideAfter(setAside, incidents.keys(), [...unreadable, ...bad]);
  const bad = await finishWithoutBad(ports, incidents, remaining, async (storable, failing) => {
    const looked = new Set([...storable.keys(), ...incidentsOf(leave)]);
    await ports.store.apply({
      ...NOTHING,
      ...(await rowsStep(ports, storable, looked, remaining)),
      leave: leave.map(({ id }) => id),
      notAccepted,
      meta: { cursor, mark, setAside: after(failing) },
    });
  });
  const trouble = bad.length + unreadable.length > 0 ? setAsideTrouble(after(bad)) : null;
  if (trouble !== null) ports.onTrouble(trouble);
  return touched;
}

/**
 * Reference rows go in first: commands are replayed by the newest calendar, policies and agencies. The cursor
 * has not moved yet.
 */
async function storeReference(
  ports: SyncPorts,
  { reference, referenceGone }: Pick<Applied, 'reference' | 'referenceGone'>,
): Promise<void> {
  await ports.store.apply({ ...NOTHING, reference, referenceGone });
  ports.contexts.forget();
}

interface Leaving {
  readonly item: PendingCommand;
  readonly outcome: CommandOutcome;
}

/**
 * A command leaves only when the feed has passed it, never on the answer to a push: then its effect is in the
 * rows. One the feed has passed without telling its outcome (decided long ago, under another client id) is
 * pushed again, and the answer tells; so is one that was answered and that the whole feed does not know: the
 * database was put back since.
 */
function splitOutbox(outbox: readonly PendingCommand[], page: FeedPage, memory: OutcomeMemory) {
  const outcomes = new Map(page.outcomes.map((outcome) => [outcome.id, outcome]));
  const leaving: Leaving[] = [];
  const remaining: PendingCommand[] = [];
  const unknown: string[] = [];
  for (const item of outbox) {
    const outcome = outcomes.get(item.id) ?? memory.get(item.id);
    if (item.seq <= page.lastSeq && outcome !== undefined) leaving.push({ item, outcome });
    else remaining.push(item);
    const isLost = item.seq > page.lastSeq ? !page.more : outcome === undefined;
    if (item.state === 'sent' && isLost) unknown.push(item.id);
  }
  return { leaving, remaining, unknown };
}

async function noteLeaving(
  ports: SyncPorts,
  memory: OutcomeMemory,
  leaving: readonly Leaving[],
  shown: readonly (NotAccepted | null)[],
  clientId: string,
): Promise<void> {
  if (leaving.length === 0) return;
  memory.forget(leaving.map(({ item }) => item.id));
  const refused = new Set(shown.filter((entry) => entry !== null).map(({ id }) => id));
  const withdrawn = leaving.filter(({ outcome }) => isWithdrawn(outcome)).map(({ item }) => item.id);
  const over = new Set([...refused, ...withdrawn]);
  const ids = leaving.map(({ item }) => item.id);
  try {
    await ports.journal.noteEnds(
      ids.filter((id) => !over.has(id)),
      'accepted',
      clientId,
    );
    await ports.journal.noteEnds([...refused], 'refused', clientId);
    await ports.journal.noteEnds(withdrawn, 'dismissed', clientId);
  } catch {
    // A note of an outcome may be lost: the command would be offered again and answered with the same
    // outcome.
  }
}
