import { localDayAt } from '#shared/domain/time-zone.ts';
import { DayBook } from '#shared/report/facts/day-book.ts';
import type { FactsContext } from '#shared/report/facts/facts.ts';
import { CellFacts } from './cell-facts.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import type { RowColumns } from './incident-codec.ts';
import type { Chunk } from './layout/columns.ts';
import { perChunk } from './layout/per-chunk.ts';
import type { Words } from './layout/words.ts';

/**
 * The sums by day that summaries are made of, kept a chunk at a time: a changed incident costs its own
 * chunk's book anew and the exchange of that book in the book of all, however long the archive is.
 */
export class ChunkDaySums {
  readonly #store: IncidentStore;
  readonly #bookOf: (chunk: Chunk<RowColumns>) => DayBook;
  #parts: readonly DayBook[] = [];
  readonly #whole = new DayBook();

  constructor(store: IncidentStore, context: FactsContext, zone: string) {
    this.#store = store;
    this.#bookOf = perChunk((chunk) => bookOf(chunk, store.words, context, zone));
  }

  /** The book of all incidents. */
  whole(): DayBook {
    const [before, parts] = [this.#parts, this.#store.columns.chunks.map(this.#bookOf)];
    this.#parts = parts;
    for (const [at, part] of parts.entries()) if (part !== before[at]) this.#whole.add(part);
    for (const [at, part] of before.entries()) if (part !== parts[at]) this.#whole.add(part, -1);
    return this.#whole;
  }

  /**
   * Makes what is missing ahead of the question, a chunk at a time; `pause` lets others have their turn
   * between.
   */
  async prepare(pause: () => Promise<void>): Promise<void> {
    for (const chunk of this.#store.columns.chunks) {
      this.#bookOf(chunk);
      await pause();
    }
  }
}

function bookOf(chunk: Chunk<RowColumns>, words: Words, context: FactsContext, zone: string): DayBook {
  const book = new DayBook();
  const dayOf = (moment: number): number => localDayAt(zone, moment);
  for (let index = 0; index < chunk.rows; index += 1)
    if (chunk.at.live[index] === 1) book.enter(new CellFacts(chunk, index, words, context), dayOf);
  return book;
}
