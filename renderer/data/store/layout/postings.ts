/** Rows of one posting segment: local numbers fit 16 bits. */
export const SEGMENT_ROWS = 16_384;

/**
 * Local row that was replaced by a later one. Beyond any number of rows, so that readers skip it as unknown.
 */
const NO_ROW = 0xffff_ffff;

/** All terms of one segment that begin alike, with the rows each occurs in. */
export interface StoredPostings {
  readonly prefix: string;
  readonly segment: number;
  /** Terms in order, joined by a space. */
  readonly terms: string;
  /** Where each term's rows end in `rows`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Local row numbers, ascending within a term. */
  readonly rows: Uint16Array<ArrayBuffer>;
}

/** Which row of the columns each local row of a segment is. */
export interface StoredSegment {
  readonly segment: number;
  readonly rows: Uint32Array<ArrayBuffer>;
}

/** Terms are kept by their first two characters: a record is read whole, so it should hold little else. */
export const prefixOf = (term: string): string => term.slice(0, 2);

/**
 * Gathers the texts of one segment and turns them into posting lists by counting, without a list object per
 * term.
 */
export class SegmentBuilder {
  readonly #termIds = new Map<string, number>();
  readonly #lastRow: number[] = [];
  readonly #counts: number[] = [];
  readonly #pairTerms: number[] = [];
  readonly #pairRows: number[] = [];
  readonly #rows: number[] = [];
  readonly #localOf = new Map<number, number>();

  get size(): number {
    return this.#rows.length;
  }

  rows(): readonly number[] {
    return this.#rows;
  }

  /** A row added again speaks for itself with its last text only. */
  add(row: number, stems: readonly string[]): void {
    const before = this.#localOf.get(row);
    if (before !== undefined) this.#rows[before] = NO_ROW;
    const local = this.#rows.push(row) - 1;
    this.#localOf.set(row, local);
    for (const stem of stems) {
      let term = this.#termIds.get(stem);
      if (term === undefined) {
        term = this.#termIds.size;
        this.#termIds.set(stem, term);
        this.#lastRow.push(-1);
        this.#counts.push(0);
      }
      if (this.#lastRow[term] === local) continue;
      this.#lastRow[term] = local;
      this.#counts[term] = (this.#counts[term] as number) + 1;
      this.#pairTerms.push(term);
      this.#pairRows.push(local);
    }
  }

  /** Local rows of a term, for what is not stored yet. */
  find(matches: (term: string) => boolean): readonly number[] {
    const wanted = new Set<number>();
    for (const [term, id] of this.#termIds) if (matches(term)) wanted.add(id);
    if (wanted.size === 0) return [];
    const found = new Set<number>();
    this.#pairTerms.forEach((term, pair) => {
      if (wanted.has(term)) found.add(this.#rows[this.#pairRows[pair] as number] as number);
    });
    return [...found];
  }

  build(segment: number): { readonly segment: StoredSegment; readonly postings: readonly StoredPostings[] } {
    const terms = [...this.#termIds].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const starts = new Uint32Array(terms.length);
    let total = 0;
    for (const [, id] of terms) {
      starts[id] = total;
      total += this.#counts[id] as number;
    }
    const sorted = new Uint16Array(total);
    const next = starts.slice();
    for (let pair = 0; pair < this.#pairTerms.length; pair += 1) {
      const term = this.#pairTerms[pair] as number;
      sorted[next[term] as number] = this.#pairRows[pair] as number;
      next[term] = (next[term] as number) + 1;
    }
    return {
      segment: { segment, rows: Uint32Array.from(this.#rows) },
      postings: cutByPrefix(terms, next, starts, sorted, segment),
    };
  }
}

function cutByPrefix(
  terms: readonly (readonly [string, number])[],
  ends: Uint32Array,
  starts: Uint32Array,
  sorted: Uint16Array,
  segment: number,
): readonly StoredPostings[] {
  const postings: StoredPostings[] = [];
  for (let from = 0; from < terms.length;) {
    const [first, firstId] = terms[from] as readonly [string, number];
    const prefix = prefixOf(first);
    let to = from;
    while (to < terms.length && prefixOf((terms[to] as readonly [string, number])[0]) === prefix) to += 1;
    const run = terms.slice(from, to);
    const begin = starts[firstId] as number;
    const localEnds = Uint32Array.from(run, ([, id]) => (ends[id] as number) - begin);
    const rows = sorted.slice(begin, begin + (localEnds.at(-1) ?? 0));
    postings.push({ prefix, segment, terms: run.map(([term]) => term).join(' '), ends: localEnds, rows });
    from = to;
  }
  return postings;
}

/** Local rows of every term that fits, duplicates possible where several fit. */
export function rowsIn(record: StoredPostings, wanted: string, isPrefix: boolean): Uint16Array {
  const terms = record.terms.split(' ');
  const exact = isPrefix ? -1 : terms.indexOf(wanted);
  if (!isPrefix) return exact === -1 ? new Uint16Array(0) : rangeOf(record, exact, exact);
  const from = terms.findIndex((term) => term.startsWith(wanted));
  if (from === -1) return new Uint16Array(0);
  return rangeOf(
    record,
    from,
    terms.findLastIndex((term) => term.startsWith(wanted)),
  );
}

const rangeOf = (record: StoredPostings, from: number, to: number): Uint16Array =>
  record.rows.subarray(from === 0 ? 0 : record.ends[from - 1], record.ends[to]);
