import { method } from '#renderer/data/rpc/method-table.ts';
import type { Found } from './candidate.ts';
import type { BenchDocument } from './documents.ts';

/** The benchmark's store as its page calls it, over the console's own line to its worker. */
export const PULT_METHODS = {
  open: method<[], void>(),
  load: method<[batch: readonly BenchDocument[]], void>(),
  loaded: method<[], void>(),
  queue: method<[], readonly BenchDocument[]>(),
  report: method<[month: string], Readonly<Record<string, number>>>(),
  update: method<[document: BenchDocument], void>(),
  updateStrict: method<[document: BenchDocument], void>(),
  search: method<[word: string], Found>(),
};
