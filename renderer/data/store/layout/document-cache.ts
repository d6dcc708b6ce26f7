/** The most recently used documents, decoded. A Map keeps insertion order, which is all an LRU needs. */
export class DocumentCache<D> {
  readonly #documents = new Map<number, D>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(row: number): D | undefined {
    const document = this.#documents.get(row);
    if (document !== undefined) {
      this.#documents.delete(row);
      this.#documents.set(row, document);
    }
    return document;
  }

  set(row: number, document: D): void {
    this.#documents.delete(row);
    this.#documents.set(row, document);
    if (this.#documents.size <= this.#limit) return;
    for (const oldest of this.#documents.keys()) {
      this.#documents.delete(oldest);
      return;
    }
  }

  delete(row: number): void {
    this.#documents.delete(row);
  }

  clear(): void {
    this.#documents.clear();
  }
}
