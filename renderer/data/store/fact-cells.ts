import {
  CLOSING_REASONS,
  IMPORTANCES,
  INCIDENT_TYPES,
  MESSAGE_KINDS,
  NETWORKS,
  OUTCOMES,
} from '#shared/domain/incident.ts';
import { REJECT_REASONS, STEP_NAMES } from '#shared/domain/step.ts';
import type { FactRow } from '#shared/report/facts/facts.ts';
import type { Coder } from './layout/document-codec.ts';
import type { Cells } from './layout/column-kinds.ts';

/** A {@link FactRow} in columns. Instants that are not there are `Infinity`, so that they sort last. */
export const FACT_COLUMNS = {
  createdAt: 'f64',
  closedAt: 'f64',
  firstReplyAt: 'f64',
  finalReplyAt: 'f64',
  approvalMs: 'f64',
  /** 0 = none yet. */
  number: 'u32',
  authorKey: 'u32',
  placeKey: 'u32',
  group: 'word',
  topic: 'word',
  municipality: 'word',
  /** Who answered first; `agency` of the queue is who has it now. */
  answerer: 'word',
  step: 'u8',
  network: 'u8',
  kind: 'u8',
  importance: 'u8',
  /** Place in the list plus one, 0 = none. */
  type: 'u8',
  outcome: 'u8',
  closing: 'u8',
  rejectReason: 'u8',
  /** 0 = none. */
  grade: 'u8',
  surveySent: 'u8',
  firstReplyInterim: 'u8',
  /** Counts, 255 being the most a cell holds. */
  returns: 'u8',
  reopened: 'u8',
  deferred: 'u8',
  approvals: 'u8',
  promisesKept: 'u8',
  promisesBroken: 'u8',
  promisesOpen: 'u8',
} as const;

export type FactCells = Cells<typeof FACT_COLUMNS>;

const place = (list: readonly string[], value: string | null): number =>
  value === null ? 0 : list.indexOf(value) + 1;

const COUNTS = [
  'returns',
  'reopened',
  'deferred',
  'approvals',
  'promisesKept',
  'promisesBroken',
  'promisesOpen',
] as const;

export function writeFacts(row: FactRow, cells: FactCells, at: number, code: Coder): void {
  cells.createdAt[at] = row.createdAt;
  for (const name of ['closedAt', 'firstReplyAt', 'finalReplyAt'] as const)
    cells[name][at] = row[name] ?? Infinity;
  for (const name of ['approvalMs', 'authorKey', 'placeKey'] as const) cells[name][at] = row[name];
  for (const name of ['group', 'topic', 'municipality'] as const) cells[name][at] = code(row[name]);
  for (const name of COUNTS) cells[name][at] = Math.min(255, row[name]);
  cells.number[at] = row.number ?? 0;
  cells.answerer[at] = code(row.agency);
  cells.step[at] = STEP_NAMES.indexOf(row.step);
  cells.network[at] = NETWORKS.indexOf(row.network);
  cells.kind[at] = MESSAGE_KINDS.indexOf(row.kind);
  cells.importance[at] = IMPORTANCES.indexOf(row.importance);
  cells.type[at] = place(INCIDENT_TYPES, row.type);
  cells.outcome[at] = place(OUTCOMES, row.outcome);
  cells.closing[at] = place(CLOSING_REASONS, row.closing);
  cells.rejectReason[at] = place(REJECT_REASONS, row.rejectReason);
  cells.grade[at] = row.grade ?? 0;
  cells.surveySent[at] = row.surveySent ? 1 : 0;
  cells.firstReplyInterim[at] = row.firstReplyInterim ? 1 : 0;
}
