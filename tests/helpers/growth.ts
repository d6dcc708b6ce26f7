import { cpuMs } from './cpu-time.ts';

/** Letters of a text and of one that is four doublings longer. */
const SHORT = 2048;
const LONG = 32_768;
/** Two doublings more, for what looks slow: both texts are then large objects to the memory's keeper. */
const LONGEST = 131_072;
/**
 * The most that the work may grow by when a text doubles: 2 is linear, 4 is quadratic. Memory and neighbours
 * make a longer text cost more than its length by themselves, so there is room between.
 */
const MOST_GROWTH = 2.7;
/** Growth that nothing but the reader itself explains. */
const SQUARE_GROWTH = 3.6;
/** Work that costs less than so many plain scans of the longer text is no trouble however it grows. */
const CHEAP_SCANS = 256;
/** Measures that must all say the same before work is called more than linear. */
const TRIES = 6;
/** The first measure goes on for so long, ms of processor time, each further one twice as long. */
const FIRST_MS = 4;
/** A run that takes so long tells by itself, ms. */
const EXACT_MS = 20;

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

let plainCost: number | null = null;

const cheapCost = (): number => {
  plainCost ??= costOf(scanPlainly, 'а'.repeat(LONG), EXACT_MS * 2);
  return plainCost * CHEAP_SCANS;
};

/** The least growth of a doubling between two lengths, of as many measures as it takes to call it linear. */
function leastGrowth(reader: Reader, shape: Shape, from: number, to: number): number {
  const [short, long] = [shape(from), shape(to)];
  const doublings = Math.log2(to / from);
  let least = Infinity;
  for (let time = 0; time < TRIES && least > MOST_GROWTH; time += 1) {
    const atLeast = FIRST_MS * 2 ** time;
    const onShort = costOf(reader, short, atLeast);
    least = Math.min(least, (costOf(reader, long, atLeast) / onShort) ** (1 / doublings));
    if (onShort > EXACT_MS && time > 1) break;
  }
  return least;
}

/**
 * By how much the work grows when the text doubles: 1 when it costs next to nothing beside plain scans.
 * Lengths are judged against each other by processor time, so neither a slow machine nor a busy one changes
 * it.
 */
export function growthOf(reader: Reader, shape: Shape): number {
  reader(shape(SHORT));
  if (costOf(reader, shape(LONG), 0) <= cheapCost()) return 1;
  const growth = leastGrowth(reader, shape, SHORT, LONG);
  if (growth <= MOST_GROWTH || growth >= SQUARE_GROWTH) return growth;
  return Math.min(growth, leastGrowth(reader, shape, LONG, LONGEST));
}

export const isLinear = (growth: number): boolean => growth <= MOST_GROWTH;
