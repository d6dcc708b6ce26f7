import type { DocumentCodec } from '#renderer/data/store/layout/document-codec.ts';
import { termsOf } from '#renderer/data/store/terms.ts';
import { MONTHS, STATUSES, TOPICS } from './documents.ts';
import type { BenchDocument } from './documents.ts';

const COLUMNS = {
  createdAt: 'f64',
  deadline: 'f64',
  topic: 'u16',
  region: 'word',
  assignee: 'word',
  status: 'u8',
  month: 'u8',
  priority: 'u8',
} as const;

export type BenchColumns = typeof COLUMNS;

/** The benchmark's documents through the console's own layout. */
export const benchCodec: DocumentCodec<BenchDocument, BenchColumns> = {
  version: 1,
  columns: COLUMNS,
  id: (document) => document.id,
  revision: (document) => document.version,
  isLive: (document) => document.status !== 'closed',
  write: (document, cells, at, code) => {
    cells.createdAt[at] = document.createdAt;
    cells.deadline[at] = document.deadline;
    cells.topic[at] = TOPICS.indexOf(document.topic);
    cells.region[at] = code(document.region);
    cells.assignee[at] = code(document.assignee);
    cells.status[at] = (STATUSES as readonly string[]).indexOf(document.status);
    cells.month[at] = MONTHS.indexOf(document.month);
    cells.priority[at] = document.priority;
  },
  text: (document) => document.text,
  stems: termsOf,
};
