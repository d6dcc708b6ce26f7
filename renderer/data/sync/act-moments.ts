import type { Measurement } from './centre-clock.ts';
import { LEAPS_KEPT, settingsAmong } from './clock-leaps.ts';
import { journalFailed } from './journal-trouble.ts';
import type { SyncPorts } from './ports.ts';
import type { PendingCommand } from './sync-store.ts';

/** The moment of an act; see `PendingCommand`. */
export type Stamp = Pick<PendingCommand, 'at' | 'guessedOffset'>;

/** Gives the moment of an act that happens now. To be called inside `exclusive`. */
export async function stampAct(ports: SyncPorts): Promise<Stamp> {
  const { wall } = ports.clock.read();
  await followJumps(ports);
  const { clockOffset } = await ports.store.meta();
  const at = wall + clockOffset;
  return ports.clock.isMeasured ? { at } : { at, guessedOffset: clockOffset };
}

/** Tells whether the moments of acts are known: the clock goes as it went when it was measured. */
export async function isClockSure(ports: SyncPorts): Promise<boolean> {
  ports.clock.read();
  await ports.exclusive(() => followJumps(ports));
  return ports.clock.isMeasured;
}

/**
 * Takes in the centre's clock, and sets right the moments of acts whose offset had been a guess: a clock that
 * was put forward since such an act is so much further from its moment.
 */
export async function measureClock(ports: SyncPorts, measurement: Measurement): Promise<void> {
  await ports.exclusive(async () => {
    await followJumps(ports);
    const clockOffset = ports.clock.measure(measurement);
    if (clockOffset === null) return;
    const { clockOffset: known, clockLeaps = [] } = await ports.store.meta();
    const settings = settingsAmong(clockLeaps, known - clockOffset);
    await ports.store.setMeta({ clockOffset, clockLeaps: [] });
    await mendGuesses(ports, ({ guessedOffset = clockOffset, leaps = 0, ...item }) => ({
      ...item,
      at: item.at - guessedOffset + clockOffset + sumOf(leaps === 0 ? [] : settings.slice(-leaps)),
    }));
  });
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, by) => sum + by, 0);

/**
 * A clock that was put back is so much further from the centre's; moments of acts stay what they were. What
 * a leap forward was is not known before the clock is measured: it is kept until then.
 */
async function followJumps(ports: SyncPorts): Promise<void> {
  const jumps = ports.clock.takeJumps();
  if (jumps.length === 0) return;
  const setBack = -sumOf(jumps.filter((jump) => jump < 0));
  const leapt = jumps.filter((jump) => jump > 0);
  const { clockOffset, clockLeaps = [] } = await ports.store.meta();
  await ports.store.setMeta({
    clockOffset: clockOffset + setBack,
    clockLeaps: [...clockLeaps, ...leapt].slice(-LEAPS_KEPT),
  });
  await mendGuesses(ports, ({ guessedOffset = clockOffset, leaps = 0, ...item }) => ({
    ...item,
    guessedOffset: guessedOffset + setBack,
    leaps: leaps + leapt.length,
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
