import {
  CLOSING_REASONS,
  IMPORTANCES,
  INCIDENT_TYPES,
  MESSAGE_KINDS,
  NETWORKS,
  OUTCOMES,
  type ClosingReason,
  type Importance,
  type IncidentType,
  type MessageKind,
  type Network,
  type Outcome,
} from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { REJECT_REASONS, STEP_NAMES, type RejectReason, type StepName } from '#shared/domain/step.ts';
import { judge, type Facts, type FactsContext, type Judgement } from '#shared/report/facts/facts.ts';
import type { FactCells } from './fact-cells.ts';
import { readUuid } from './layout/uuid-bytes.ts';
import type { Words } from './layout/words.ts';

/** A chunk of rows, as far as facts lie in it. */
export interface FactChunk {
  readonly ids: Uint32Array;
  readonly cells: FactCells;
}

const some = (value: number | undefined): number | null =>
  value === undefined || value === Infinity || value === 0 ? null : value;

const named = <T>(list: readonly T[], value: number | undefined): T =>
  must(list[value ?? -1], 'a value of the list');

const optional = <T>(list: readonly T[], value: number | undefined): T | null =>
  value === undefined || value === 0 ? null : named(list, value - 1);

/**
 * The facts of a row read off its cells when they are asked for: a summary asks a few of many thousand rows,
 * and copies of all of them would cost more than the counting. It says what the cells say now, so it must not
 * be kept over a change.
 */
export class CellFacts implements Facts {
  readonly #chunk: FactChunk;
  readonly #cells: FactCells;
  readonly #at: number;
  readonly #words: Words;
  readonly workingMinutes: Judgement['workingMinutes'];
  readonly wallMinutes: Judgement['wallMinutes'];
  readonly inTime: Judgement['inTime'];

  constructor(chunk: FactChunk, at: number, words: Words, context: FactsContext) {
    this.#chunk = chunk;
    this.#cells = chunk.cells;
    this.#at = at;
    this.#words = words;
    const { workingMinutes, wallMinutes, inTime } = judge(this, context);
    this.workingMinutes = workingMinutes;
    this.wallMinutes = wallMinutes;
    this.inTime = inTime;
  }

  get id(): string {
    return readUuid(this.#chunk.ids, this.#at * 4);
  }

  get number(): number | null {
    return some(this.#cells.number[this.#at]);
  }

  get createdAt(): Instant {
    return this.#cells.createdAt[this.#at] ?? 0;
  }

  get closedAt(): Instant | null {
    return some(this.#cells.closedAt[this.#at]);
  }

  get firstReplyAt(): Instant | null {
    return some(this.#cells.firstReplyAt[this.#at]);
  }

  get finalReplyAt(): Instant | null {
    return some(this.#cells.finalReplyAt[this.#at]);
  }

  get group(): string {
    return this.#words.word(this.#cells.group[this.#at] ?? 0);
  }

  get topic(): string {
    return this.#words.word(this.#cells.topic[this.#at] ?? 0);
  }

  get municipality(): string {
    return this.#words.word(this.#cells.municipality[this.#at] ?? 0);
  }

  get agency(): string {
    return this.#words.word(this.#cells.answerer[this.#at] ?? 0);
  }

  get step(): StepName {
    return named(STEP_NAMES, this.#cells.step[this.#at]);
  }

  get network(): Network {
    return named(NETWORKS, this.#cells.network[this.#at]);
  }

  get kind(): MessageKind {
    return named(MESSAGE_KINDS, this.#cells.kind[this.#at]);
  }

  get importance(): Importance {
    return named(IMPORTANCES, this.#cells.importance[this.#at]);
  }

  get type(): IncidentType | null {
    return optional(INCIDENT_TYPES, this.#cells.type[this.#at]);
  }

  get outcome(): Outcome | null {
    return optional(OUTCOMES, this.#cells.outcome[this.#at]);
  }

  get closing(): ClosingReason | null {
    return optional(CLOSING_REASONS, this.#cells.closing[this.#at]);
  }

  get rejectReason(): RejectReason | null {
    return optional(REJECT_REASONS, this.#cells.rejectReason[this.#at]);
  }

  get grade(): number | null {
    return some(this.#cells.grade[this.#at]);
  }

  get surveySent(): boolean {
    return this.#cells.surveySent[this.#at] === 1;
  }

  get firstReplyInterim(): boolean {
    return this.#cells.firstReplyInterim[this.#at] === 1;
  }

  get returns(): number {
    return this.#cells.returns[this.#at] ?? 0;
  }

  get reopened(): number {
    return this.#cells.reopened[this.#at] ?? 0;
  }

  get deferred(): number {
    return this.#cells.deferred[this.#at] ?? 0;
  }

  get approvals(): number {
    return this.#cells.approvals[this.#at] ?? 0;
  }

  get approvalMs(): number {
    return this.#cells.approvalMs[this.#at] ?? 0;
  }

  get promisesKept(): number {
    return this.#cells.promisesKept[this.#at] ?? 0;
  }

  get promisesBroken(): number {
    return this.#cells.promisesBroken[this.#at] ?? 0;
  }

  get promisesOpen(): number {
    return this.#cells.promisesOpen[this.#at] ?? 0;
  }

  get authorKey(): number {
    return this.#cells.authorKey[this.#at] ?? 0;
  }

  get placeKey(): number {
    return this.#cells.placeKey[this.#at] ?? 0;
  }
}
