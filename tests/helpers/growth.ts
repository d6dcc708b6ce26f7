import { cpuMs } from './cpu-time.ts';

/** Letters of the two texts that are compared. */
const SHORT = 8192;
const LONG = SHORT * 4;
/** The most that the work may grow by when a text doubles: 2 is linear, 4 is quadratic. */
const MOST_GROWTH = 2.5;
/** Work that costs less than so many plain scans of the longer text is no trouble however it grows. */
const CHEAP_SCANS = 256;
/** Measures that must all say the same before work is called more than linear. */
const TRIES = 6;
/** A measure goes on for so many of the steps that the system counts processor time in. */
const TICKS = 3;
/** A run that takes so many of them need not be measured more than twice. */
const EXACT_TICKS = 5;

/** Something that looks through a text from outside. */
export type Reader = (text: string) => unknown;

/** Makes a text of about so many letters. */
export type Shape = (letters: number) => string;

/** A seed again and again. */
export const repeated =
  (seed: string): Shape =>
  (letters) =>
    seed.repeat(Math.ceil(letters / seed.length));

let sum = 0;

/** Reads every letter once and does nothing else: the measure that all else is told by. */
function scanPlainly(text: string): void {
  for (let index = 0; index < text.length; index += 1) sum = (sum + text.charCodeAt(index)) | 0;
}

/** Processor time of one run over a text, ms, from as many runs as take `atLeast` together. */
function costOf(reader: Reader, text: string, atLeast: number): number {
  const start = cpuMs();
  for (let runs = 1; ; runs += 1) {
    reader(text);
    const spent = cpuMs() - start;
    if (spent >= atLeast) return spent / runs;
  }
}

/** Milliseconds by which the system counts processor time. */
const TICK_MS = 4;

let plainCost: number | null = null;

const cheapCost = (): number => {
  plainCost ??= costOf(scanPlainly, 'а'.repeat(LONG), TICK_MS * 10);
  return plainCost * CHEAP_SCANS;
};

/**
 * By how much the work grows when the text doubles: the least of several measures; 1 when it costs next to
 * nothing beside plain scans. Two lengths are judged against each other by processor time, so neither a slow
 * machine nor a busy one changes it.
 */
export function growthOf(reader: Reader, shape: Shape): number {
  const [short, long] = [shape(SHORT), shape(LONG)];
  reader(short);
  if (costOf(reader, long, 0) <= cheapCost()) return 1;
  let least = Infinity;
  for (let time = 0; time < TRIES && least > MOST_GROWTH; time += 1) {
    const patience = TICK_MS * TICKS * 2 ** time;
    const onShort = costOf(reader, short, patience);
    least = Math.min(least, Math.sqrt(costOf(reader, long, patience * 2) / onShort));
    // A run that takes long by itself is measured exactly, and much longer over the longer text.
    if (onShort > TICK_MS * EXACT_TICKS && time > 0) break;
  }
  return least;
}

export const isLinear = (growth: number): boolean => growth <= MOST_GROWTH;
