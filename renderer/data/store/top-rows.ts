/** Orders rows: negative when `a` comes first. */
export type RowOrder = (a: number, b: number) => number;

/**
 * The first `limit` rows by `key`, ties by `order`, of those offered: keeps a few times `limit` and cuts now
 * and then, so that a screenful of a million rows is found in one pass.
 */
export class TopRows {
  readonly #limit: number;
  readonly #order: RowOrder;
  #rows: number[] = [];
  #keys: number[] = [];
  #worst = Infinity;

  constructor(limit: number, order: RowOrder) {
    this.#limit = limit;
    this.#order = order;
  }

  offer(row: number, key: number): void {
    if (key > this.#worst) return;
    this.#rows.push(row);
    this.#keys.push(key);
    if (this.#rows.length >= this.#limit * 4 + 100) this.#cut();
  }

  take(): readonly number[] {
    this.#cut();
    return this.#rows;
  }

  #cut(): void {
    const keys = this.#keys;
    const places = this.#rows.map((_, place) => place);
    places.sort(
      (a, b) =>
        compareKeys(keys[a] as number, keys[b] as number) ||
        this.#order(this.#rows[a] as number, this.#rows[b] as number),
    );
    const kept = places.slice(0, this.#limit);
    this.#rows = kept.map((place) => this.#rows[place] as number);
    this.#keys = kept.map((place) => keys[place] as number);
    if (kept.length === this.#limit) this.#worst = this.#keys.at(-1) ?? Infinity;
  }
}

/** Infinity minus Infinity is not a number, so keys are compared, not subtracted. */
const compareKeys = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
