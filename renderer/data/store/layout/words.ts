/** Dictionary of the strings in `word` columns: codes are given in order and never change. */
export class Words {
  readonly #codes = new Map<string, number>([['', 0]]);
  readonly #words: string[] = [''];
  #saved = 1;

  readonly code = (word: string): number => {
    const known = this.#codes.get(word);
    if (known !== undefined) return known;
    const code = this.#words.push(word) - 1;
    this.#codes.set(word, code);
    return code;
  };

  /** The code if the word was ever seen; looking a word up does not add it. */
  find(word: string): number | undefined {
    return this.#codes.get(word);
  }

  word(code: number): string {
    return this.#words[code] ?? '';
  }

  get size(): number {
    return this.#words.length;
  }

  all(): readonly string[] {
    return [...this.#words];
  }

  /** Words the database does not have yet, to be stored in the transaction that first uses them. */
  unsaved(): { readonly from: number; readonly words: readonly string[] } | null {
    return this.#saved === this.#words.length
      ? null
      : { from: this.#saved, words: this.#words.slice(this.#saved) };
  }

  /**
   * To be called when a transaction with {@link unsaved} has committed; `size` is how many words there were
   * then.
   */
  markSaved(size: number): void {
    this.#saved = Math.max(this.#saved, size);
  }

  restore(records: readonly { readonly from: number; readonly words: readonly string[] }[]): void {
    for (const { from, words } of records) {
      words.forEach((word, index) => {
        this.#words[from + index] = word;
        this.#codes.set(word, from + index);
      });
    }
    this.#saved = this.#words.length;
  }
}
