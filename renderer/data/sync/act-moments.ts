import type { Measurement } from './centre-clock.ts';
import { journalFailed } from './journal-trouble.ts';
import type { SyncPorts } from './ports.ts';
import type { PendingCommand } from './sync-store.ts';

/** The moment of an act; see `PendingCommand`. */
export type Stamp = Pick<PendingCommand, 'at' | 'guessedOffset'>;

/** Gives the moment of an act that happens now. To be called inside `exclusive`. */
export async function stampAct(ports: SyncPorts): Promise<Stamp> {
  const { wall } = ports.clock.read();
  await followSetBack(ports);
  const { clockOffset } = await ports.store.meta();
  const at = wall + clockOffset;
  return ports.clock.isMeasured ? { at } : { at, guessedOffset: clockOffset };
}

/** Tells whether the moments of acts are known: the clock goes as it went when it was measured. */
export async function isClockSure(ports: SyncPorts): Promise<boolean> {
  ports.clock.read();
  await ports.exclusive(() => followSetBack(ports));
  return ports.clock.isMeasured;
}

/** Takes in the centre's clock, and sets right the moments of acts whose offset had been a guess. */
export async function measureClock(ports: SyncPorts, measurement: Measurement): Promise<void> {
  await ports.exclusive(async () => {
    await followSetBack(ports);
    const clockOffset = ports.clock.measure(measurement);
    if (clockOffset === null) return;
    await ports.store.setMeta({ clockOffset });
    await mendGuesses(ports, ({ guessedOffset = clockOffset, ...item }) => ({
      ...item,
      at: item.at - guessedOffset + clockOffset,
    }));
  });
}

/** A clock that was put back is so much further from the centre's; moments of acts stay what they were. */
async function followSetBack(ports: SyncPorts): Promise<void> {
  const setBack = ports.clock.takeSetBack();
  if (setBack === 0) return;
  const { clockOffset } = await ports.store.meta();
  await ports.store.setMeta({ clockOffset: clockOffset + setBack });
  await mendGuesses(ports, ({ guessedOffset = clockOffset, ...item }) => ({
    ...item,
    guessedOffset: guessedOffset + setBack,
  }));
}

/** Mends undecided commands whose offset was a guess, in the outbox and the journal. */
async function mendGuesses(ports: SyncPorts, mend: (item: PendingCommand) => PendingCommand): Promise<void> {
  const mended = (await ports.store.outbox())
    .filter(({ guessedOffset, state }) => guessedOffset !== undefined && state !== 'sent')
    .map(mend);
  if (mended.length === 0) return;
  await ports.store.restamp(mended);
  const { clientId } = await ports.store.meta();
  try {
    await ports.journal.append(mended, clientId);
  } catch (error) {
    ports.onTrouble(journalFailed(error));
  }
}
