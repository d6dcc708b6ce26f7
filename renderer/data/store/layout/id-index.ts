/**
 * Finds the row of an id: open addressing over row numbers, 8 bytes a row at half load, where a Map of
 * strings would take a hundred. The owner of the rows says how a row hashes and whether it has the wanted id.
 */
export class IdIndex {
  #slots = new Int32Array(1024).fill(-1);
  #count = 0;

  find(hash: number, matches: (row: number) => boolean): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot] as number;
      if (row === -1 || matches(row)) return row;
    }
  }

  /** Adds a row that is known not to be there. */
  add(row: number, hashOf: (row: number) => number): void {
    if (this.#count * 2 >= this.#slots.length) this.#grow(this.#slots.length * 2, hashOf);
    this.#put(row, hashOf(row));
    this.#count += 1;
  }

  reserve(rows: number, hashOf: (row: number) => number): void {
    let size = this.#slots.length;
    while (size < rows * 2) size *= 2;
    if (size !== this.#slots.length) this.#grow(size, hashOf);
  }

  #put(row: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
    this.#slots[slot] = row;
  }

  #grow(size: number, hashOf: (row: number) => number): void {
    const old = this.#slots;
    this.#slots = new Int32Array(size).fill(-1);
    for (const row of old) if (row !== -1) this.#put(row, hashOf(row));
  }
}
