import type { HelloResponse } from '#shared/protocol/sync.ts';
import { beginClient } from './begin-client.ts';
import { isUsable, NOTHING_DOWNLOADED } from './bootstrap.ts';
import { answered, type Answer } from './failure.ts';
import { NOTHING, rowsStep } from './local-step.ts';
import { incidentsOf } from './pending-records.ts';
import { offerAgain, sendWaiting } from './offer-again.ts';
import { journalFailed } from './journal-trouble.ts';
import type { SyncPorts } from './ports.ts';
import { seenOf } from './seen.ts';
import type { JournalEntry, PendingCommand, SyncMeta } from './sync-store.ts';

const KEEP_MS = 30 * 24 * 3600 * 1000;

/**
 * To be called once when the local copy is opened. What the journal holds without a shown outcome and the
 * outbox does not goes back into the outbox under a new client id: IndexedDB was lost, or fell back to an
 * earlier moment (a torn log), or a crash came between an outcome and its note in the journal; offering a
 * command again is harmless. A copy that was filled once and is not now is told of at every start until it is
 * downloaded again. Gives how many commands came back; null when there was nothing to do.
 */
export async function recoverLostDatabase(ports: SyncPorts): Promise<number | null> {
  return ports.exclusive(async () => {
    const [meta, outbox] = [await ports.store.meta(), await ports.store.outbox()];
    const missing = await missingActions(ports, outbox);
    if (missing.length > 0) await bringBack(ports, [...outbox, ...missing]);
    const isEmpty = meta.epoch === null || !isUsable(meta.bootstrap);
    const isLost = isEmpty && (missing.length > 0 || (await ports.journal.wasFilled()));
    const reimported = missing.length > 0 ? missing.length : outbox.length;
    if (isLost) ports.onTrouble({ kind: 'database_lost', reimported });
    return isLost || missing.length > 0 ? missing.length : null;
  });
}

/**
 * Journalled commands nobody has seen the end of, that neither the outbox nor the not accepted ones hold,
 * oldest first.
 */
async function missingActions(
  ports: SyncPorts,
  outbox: readonly PendingCommand[],
): Promise<readonly PendingCommand[]> {
  const held = new Set([...outbox, ...(await ports.store.notAccepted())].map(({ id }) => id));
  const entries = (await ports.journal.read()).filter(
    ({ id, known }) => (known === 'open' || known === 'refused') && !held.has(id),
  );
  return entries.map(({ clientId: _clientId, known: _known, ...item }) => item);
}

async function bringBack(ports: SyncPorts, wanted: readonly PendingCommand[]): Promise<void> {
  await beginClient(ports, wanted);
  const items = await ports.store.outbox();
  const touched = incidentsOf(items);
  await ports.store.apply({ ...NOTHING, ...(await rowsStep(ports, new Map(), touched, items)) });
}

/**
 * After the browser threw the copy away under a running console: journals what is not done yet once more, for
 * the journal went with it, shows it, and tells of it. The rest is downloaded again.
 */
export async function beginAnew(ports: SyncPorts): Promise<void> {
  await ports.exclusive(async () => {
    const noJournal = (error: unknown): void => ports.onTrouble(journalFailed(error));
    await ports.journal.reopen().catch(noJournal);
    const outbox = await ports.store.outbox();
    if (outbox.length > 0) await bringBack(ports, outbox);
    ports.onTrouble({ kind: 'database_lost', reimported: outbox.length });
  });
}

/** The part of a hello that copies are brought in line with. */
type Agreement = Pick<HelloResponse, 'epoch' | 'scopeHash' | 'lastSeq' | 'putBack'> &
  Partial<Pick<HelloResponse, 'headV' | 'mark'>>;

/** The API's database is another one than the copy is of, or the same one at an earlier moment. */
function isPutBack(meta: SyncMeta, { epoch, putBack = false, headV = Infinity }: Agreement): boolean {
  const seen = seenOf(meta);
  return seen !== null && (seen.epoch !== epoch || putBack || headV < seen.cursor);
}

const isComplete = ({ epoch, bootstrap }: SyncMeta): boolean => epoch !== null && bootstrap.part === 'done';

/**
 * Brings the copy in line with the API's epoch, its place in it, and its scope. `rebuilt`: the first download
 * begins anew.
 */
export async function agreeOnEpoch(ports: SyncPorts, hello: Agreement): Promise<Answer<'same' | 'rebuilt'>> {
  const meta = await ports.store.meta();
  const isAnother = isPutBack(meta, hello);
  // A copy that is not complete may not know of what it was; the journal remembers.
  if (isAnother || !isComplete(meta)) {
    const offered = await offerAgain(ports, isAnother);
    if (!offered.ok) return offered;
  }
  if (!isAnother) await ports.exclusive(() => sendAnew(ports, hello));
  if (!isAnother && meta.epoch === hello.epoch && meta.scopeHash === hello.scopeHash) return answered('same');
  await rebuild(ports, hello);
  return answered('rebuilt');
}

/** Numbers the outbox anew where the API has counted on, or where something waits to be sent once more. */
async function sendAnew(ports: SyncPorts, { lastSeq }: Agreement): Promise<void> {
  const { nextSeq } = await ports.store.meta();
  if (lastSeq >= nextSeq) await beginClient(ports, await ports.store.outbox());
  else await sendWaiting(ports);
}

/**
 * Forgets all confirmed rows and begins the first download anew; commands stay. The incidents they are about
 * count as unknown to the API until it names them again. Where the API stands is kept until the first page
 * is here: its database may be put back before. The epoch is stored last: a crash before that does all of it
 * once more.
 */
export async function rebuild(
  ports: SyncPorts,
  { epoch, scopeHash, headV, mark = null }: Pick<Agreement, 'epoch' | 'scopeHash' | 'headV' | 'mark'>,
): Promise<void> {
  const greetedAt = headV === undefined ? null : { epoch, cursor: headV, mark };
  await ports.exclusive(async () => {
    await ports.store.forgetRows();
    const outbox = await ports.store.outbox();
    const touched = incidentsOf(outbox);
    const rows = await rowsStep(ports, new Map([...touched].map((id) => [id, null])), touched, outbox);
    await ports.store.apply({
      ...NOTHING,
      ...rows,
      meta: { epoch, scopeHash, ...NOTHING_DOWNLOADED, greetedAt },
    });
  });
}

/**
 * Drops what nobody can need any more: dealt with, or accepted so long before the newest act that no backup
 * is older. A workstation's clock that is years ahead drops nothing: it alone is not asked.
 */
export async function pruneJournal(ports: SyncPorts): Promise<void> {
  const entries = await ports.journal.read();
  const now = Math.min(ports.now(), Math.max(...entries.map(({ at }) => at)));
  const isKept = ({ known, at }: JournalEntry): boolean => {
    switch (known) {
      case 'open':
      case 'refused':
        return true;
      case 'accepted':
        return now - at < KEEP_MS;
      case 'dismissed':
        return false;
      default:
        return known satisfies never;
    }
  };
  // Inside `exclusive`, so that no command is journalled into the file that is being replaced.
  await ports.exclusive(() => ports.journal.prune(isKept));
}
