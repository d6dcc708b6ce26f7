import { wrap } from 'comlink';
import type { Remote } from 'comlink';
import { readFirstScreen } from '#renderer/store/first-screen.ts';
import type { Candidate, Found } from '../candidate.ts';
import type { BenchDocument } from '../documents.ts';
import { install } from '../page.ts';
import { DATABASE, type PultStore } from '../pult-store.ts';

/** The console's store: everything but the first screen comes from a worker. */
class Pult implements Candidate {
  readonly #first = readFirstScreen<readonly BenchDocument[]>(DATABASE);
  readonly #store: Remote<PultStore> = wrap<PultStore>(
    new Worker('/build/pult-worker.js', { type: 'module' }),
  );
  #isFirst = true;

  async open(): Promise<void> {
    if (!new URLSearchParams(location.search).has('warm')) await this.#store.open();
  }

  async load(batch: readonly BenchDocument[]): Promise<void> {
    this.#isFirst = false;
    await this.#store.load(batch);
  }

  loaded = (): Promise<void> => this.#store.loaded();

  async queue(): Promise<readonly BenchDocument[]> {
    const stored = this.#isFirst ? await this.#first : null;
    this.#isFirst = false;
    return stored ?? this.#store.queue();
  }

  report = (month: string): Promise<Readonly<Record<string, number>>> => this.#store.report(month);
  update = (document: BenchDocument): Promise<void> => this.#store.update(document);
  updateStrict = (document: BenchDocument): Promise<void> => this.#store.updateStrict(document);
  search = (word: string): Promise<Found> => this.#store.search(word);
}

install(new Pult());
