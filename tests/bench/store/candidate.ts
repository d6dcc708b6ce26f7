import type { BenchDocument } from './documents.ts';

export interface Found {
  readonly count: number;
  /** The first 50. */
  readonly ids: readonly string[];
}

/** One store under measurement, in the page. */
export interface Candidate {
  open(): Promise<void>;
  load(batch: readonly BenchDocument[]): Promise<void>;
  /** Whatever must be done before everything loaded can be found. Counted as loading. */
  loaded?(): Promise<void>;
  /** The 50 documents of status `new` with the nearest deadlines. */
  queue(): Promise<readonly BenchDocument[]>;
  /** Documents of one month by `status|topic`. */
  report(month: string): Promise<Readonly<Record<string, number>>>;
  /** Stores a new version; durable in the way the candidate promises when it resolves. */
  update(document: BenchDocument): Promise<void>;
  /** The same, on the disk when it resolves. */
  updateStrict?(document: BenchDocument): Promise<void>;
  search?(word: string): Promise<Found>;
}
