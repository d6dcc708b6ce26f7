import { IMPORTANCES } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { judge, type FactsContext } from '#shared/report/facts.ts';
import type { FactCells } from './fact-cells.ts';
import type { Words } from './layout/words.ts';

const ROWS = 4096;
const NONE = -1;

/** What a judgement was made of, and what it said; `NONE` where a clock could not be read, 2 where there is no deadline. */
interface Kept {
  readonly createdAt: Float64Array;
  readonly firstReplyAt: Float64Array;
  readonly about: Float64Array;
  readonly working: Int32Array;
  readonly inTime: Uint8Array;
}

const emptyKept = (): Kept => ({
  createdAt: new Float64Array(ROWS),
  firstReplyAt: new Float64Array(ROWS),
  about: new Float64Array(ROWS),
  working: new Int32Array(ROWS),
  inTime: new Uint8Array(ROWS),
});

export interface RowJudgement {
  /** Minutes, or -1. */
  readonly working: number;
  readonly inTime: boolean | null;
}

/**
 * Judgements of answered rows, kept while what they follow from is the same: a year to date asks about every answer of two years
 * at each change of any incident.
 */
export class JudgedRows {
  readonly #context: FactsContext;
  readonly #words: Words;
  readonly #chunks = new Map<number, Kept>();

  constructor(context: FactsContext, words: Words) {
    this.#context = context;
    this.#words = words;
  }

  /** Whether these judgements were made by that calendar and those policies. */
  isOf({ calendar, policies }: FactsContext): boolean {
    return this.#context.calendar === calendar && this.#context.policies === policies;
  }

  /** The judgement of an answered row. */
  of(chunk: number, cells: FactCells, index: number): RowJudgement {
    let kept = this.#chunks.get(chunk);
    if (kept === undefined) this.#chunks.set(chunk, (kept = emptyKept()));
    const createdAt = cells.createdAt[index] as number;
    const firstReplyAt = cells.firstReplyAt[index] as number;
    const about =
      (cells.topic[index] as number) * 2 ** 20 +
      (cells.group[index] as number) * 4 +
      (cells.importance[index] as number) +
      1;
    const isKnown =
      kept.about[index] === about &&
      kept.createdAt[index] === createdAt &&
      kept.firstReplyAt[index] === firstReplyAt;
    if (!isKnown) {
      const { workingMinutes, inTime } = judge(
        {
          createdAt,
          firstReplyAt,
          importance: must(IMPORTANCES[cells.importance[index] as number], 'an importance'),
          group: this.#words.word(cells.group[index] as number),
          topic: this.#words.word(cells.topic[index] as number),
        },
        this.#context,
      );
      kept.createdAt[index] = createdAt;
      kept.firstReplyAt[index] = firstReplyAt;
      kept.about[index] = about;
      kept.working[index] = workingMinutes ?? NONE;
      kept.inTime[index] = inTime === null ? 2 : Number(inTime);
    }
    const late = kept.inTime[index] as number;
    return { working: kept.working[index] as number, inTime: late === 2 ? null : late === 1 };
  }
}
