import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { memoryScratch, type Scratch } from './byte-source.ts';

/** Strings packed together; a power of two. */
const TOGETHER = 1024;
/**
 * Unpacked runs kept at hand: rows refer to strings in nearly the order they were written, and to a few old
 * ones.
 */
const AT_HAND = 24;

/**
 * The shared strings of a workbook. A registry of 400,000 rows brings half a gigabyte of them, all before its
 * first row: they lie packed (as JSON, which keeps every character) in scratch room, and are unpacked in runs
 * where rows refer to them.
 */
export class StringTable {
  readonly #scratch: Scratch;
  readonly #packed: { readonly place: number; readonly length: number }[] = [];
  readonly #unpacked = new Map<number, readonly string[]>();
  #open: string[] = [];

  constructor(scratch: Scratch = memoryScratch()) {
    this.#scratch = scratch;
  }

  push(text: string): void {
    this.#open.push(text);
    if (this.#open.length < TOGETHER) return;
    const packed = deflateSync(strToU8(JSON.stringify(this.#open)), { level: 1 });
    this.#packed.push({ place: this.#scratch.put(packed), length: packed.length });
    this.#open = [];
  }

  /** The string of that number, or null when the table is shorter. */
  at(index: number): string | null {
    const run = Math.floor(index / TOGETHER);
    const strings = run === this.#packed.length ? this.#open : this.#run(run);
    return strings[index % TOGETHER] ?? null;
  }

  #run(run: number): readonly string[] {
    const known = this.#unpacked.get(run);
    const packed = this.#packed[run];
    if (packed === undefined) return [];
    const strings = known ?? this.#unpack(packed);
    // Looked up again: to the end of the line, so that the first of it is the one nobody has asked for
    // longest.
    this.#unpacked.delete(run);
    this.#unpacked.set(run, strings);
    if (this.#unpacked.size > AT_HAND) {
      const [oldest] = this.#unpacked.keys();
      if (oldest !== undefined) this.#unpacked.delete(oldest);
    }
    return strings;
  }

  #unpack({ place, length }: { readonly place: number; readonly length: number }): readonly string[] {
    return JSON.parse(strFromU8(inflateSync(this.#scratch.take(place, length)))) as string[];
  }
}
