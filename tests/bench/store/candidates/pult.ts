import { clientOf } from '#renderer/data/rpc/client.ts';
import { callOver } from '#renderer/data/rpc/port.ts';
import { readFirstScreen } from '#renderer/data/store/first-screen.ts';
import type { Candidate, Found } from '../candidate.ts';
import type { BenchDocument } from '../documents.ts';
import { install } from '../page.ts';
import { PULT_METHODS } from '../pult-methods.ts';
import { DATABASE } from '../pult-store.ts';

/** The console's store: everything but the first screen comes from a worker. */
class Pult implements Candidate {
  readonly #first = readFirstScreen<readonly BenchDocument[]>(DATABASE);
  readonly #store = clientOf(
    PULT_METHODS,
    callOver(new Worker('/build/pult-worker.js', { type: 'module' }), PULT_METHODS),
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
