import {
  judge,
  type FactRow,
  type Facts,
  type FactsContext,
  type Judgement,
} from '#shared/report/facts/facts.ts';
import { FACT_CELLS, factColumnsOf, type FactCells } from './fact-cells.ts';
import type { CellArray } from './layout/column-kinds.ts';
import { readUuid } from './layout/uuid-bytes.ts';
import type { Words } from './layout/words.ts';

/** A chunk of rows, as far as facts lie in it. */
export interface FactChunk {
  readonly ids: Uint32Array;
  readonly cells: FactCells;
}

/** One row, with a getter for every fact. */
class CellRow {
  readonly #ids: Uint32Array;
  readonly #columns: readonly CellArray[];
  readonly #at: number;
  readonly #words: Words;

  static {
    for (const [place, { name, kind, choices }] of FACT_CELLS.entries())
      Object.defineProperty(this.prototype, name, {
        get(this: CellRow) {
          return kind.valueOf(this.#columns[place]?.[this.#at] ?? 0, choices, this.#words);
        },
      });
  }

  constructor({ ids, cells }: FactChunk, at: number, words: Words) {
    this.#ids = ids;
    this.#columns = factColumnsOf(cells);
    this.#at = at;
    this.#words = words;
  }

  get id(): string {
    return readUuid(this.#ids, this.#at * 4);
  }
}

/** As the getters make it. */
const FactGetters = CellRow as unknown as new (chunk: FactChunk, at: number, words: Words) => FactRow;

/**
 * The facts of a row read off its cells when they are asked for: a summary asks a few of many thousand rows,
 * and copies of all of them would cost more than the counting. It says what the cells say now, so it must not
 * be kept over a change.
 */
export class CellFacts extends FactGetters implements Facts {
  readonly workingMinutes: Judgement['workingMinutes'];
  readonly wallMinutes: Judgement['wallMinutes'];
  readonly inTime: Judgement['inTime'];

  constructor(chunk: FactChunk, at: number, words: Words, context: FactsContext) {
    super(chunk, at, words);
    const { workingMinutes, wallMinutes, inTime } = judge(this, context);
    this.workingMinutes = workingMinutes;
    this.wallMinutes = wallMinutes;
    this.inTime = inTime;
  }
}
