import { burningEdges } from '#shared/domain/deadline.ts';
import type { MovedDues, SettingsDraft } from '#shared/domain/moved-dues.ts';
import type { ImportanceTrial, TriedRule } from '#shared/domain/importance-trial.ts';
import { importanceTrial } from './importance-trial.ts';
import { movedDeadlines } from './moved-deadlines.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { stoodForBy } from '#shared/domain/deputyship.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { TriedMessage } from '#shared/domain/route-trial.ts';
import { STEP_NAMES } from '#shared/domain/step.ts';
import { instantAtLocal, localTimeAt } from '#shared/domain/time-zone.ts';
import type { ReferenceContexts } from '#renderer/data/sync/reference-context.ts';
import { LANES } from './console-store.ts';
import type { Dimension, Lane, QueuePage, QueueQuery, QueueRow } from './console-store.ts';
import { countRows } from './count-rows.ts';
import type { RowCount } from './count-rows.ts';
import type { IncidentCells } from './incident-codec.ts';
import { joinedTo } from './joined-rows.ts';
import type { TemplateUses } from '#shared/domain/templates/fitting.ts';
import type { OwnWordsReply } from '#shared/domain/templates/proposals.ts';
import { lastReplies, ownWordsReplies } from './last-replies.ts';
import { templateUses } from './template-uses.ts';
import { laneTest, stepsOfLane } from './lanes.ts';
import type { LaneContext, RowTest } from './lanes.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { CHUNK_ROWS } from './layout/columns.ts';
import { queueRow } from './queue-row.ts';
import { triedMessages } from './tried-messages.ts';
import { filterTests, sortKey } from './row-filter.ts';
import { sameReplies } from './same-replies.ts';
import { similarRows } from './similar-rows.ts';
import { termsOf } from './terms.ts';
import { TopRows } from './top-rows.ts';

/** Pages up to here are found in one pass; further down the whole order is made once and kept. */
const SHALLOW = 400;

export interface QueryPorts {
  readonly incidents: IncidentStore;
  /** Account that looks. */
  readonly account: string;
  readonly zone: string;
  readonly contexts: Pick<ReferenceContexts, 'settings' | 'deputies'>;
  /** The centre's clock. */
  readonly now: () => Promise<Instant>;
  readonly pendingOf: (incident: string) => number;
}

/** The screens' questions, answered from the columns; documents are read for the rows that are shown. */
export class Queries {
  readonly #ports: QueryPorts;
  #order: { readonly key: string; readonly commits: number; readonly rows: readonly number[] } | null = null;

  constructor(ports: QueryPorts) {
    this.#ports = ports;
  }

  async queue(query: QueueQuery, offset: number, limit: number): Promise<QueuePage> {
    const { incidents } = this.#ports;
    await incidents.ready;
    const found = await this.#textRows(query.text);
    const deep = offset + limit > SHALLOW;
    const context = await this.#laneContext();
    const { total, rows } = deep
      ? this.#wholeOrder(query, context, found)
      : this.#scan(query, context, found, offset + limit);
    return { total, rows: await this.#rows(rows.slice(offset, offset + limit)) };
  }

  /** One pass: whether the row is in the queue, and how many stand before it. */
  async placeOf(query: QueueQuery, id: string): Promise<number | null> {
    const { incidents } = this.#ports;
    await incidents.ready;
    const found = await this.#textRows(query.text);
    const isIn = this.#memberTest(query, await this.#laneContext(), found);
    const wanted = incidents.rowOf(id);
    if (wanted === -1) return null;
    const { cells } = incidents.columns.chunkOf(wanted);
    const key = sortKey(query.sort, cells, wanted % CHUNK_ROWS);
    let before = 0;
    let isThere = false;
    this.#each((cellsOf, index, row) => {
      if (!isIn(cellsOf, index, row)) return;
      if (row === wanted) isThere = true;
      else {
        const other = sortKey(query.sort, cellsOf, index);
        if (other < key || (other === key && this.#compareRows(row, wanted) < 0)) before += 1;
      }
    });
    return isThere ? before : null;
  }

  async laneCounts(): Promise<Readonly<Record<Lane, number>>> {
    await this.#ports.incidents.ready;
    const context = await this.#laneContext();
    const bySteps = this.#countBySteps();
    const counts = LANES.map((lane) => {
      const steps = stepsOfLane(lane);
      const count =
        steps === null
          ? this.#countRows(laneTest(lane, context))
          : bySteps.reduce((sum, rows, step) => sum + rows * (steps[step] ?? 0), 0);
      return [lane, count] as const;
    });
    return Object.fromEntries(counts) as Record<Lane, number>;
  }

  /** One pass for most lanes: they are counted again at every change, before anything else is read. */
  #countBySteps(): Uint32Array {
    const counts = new Uint32Array(STEP_NAMES.length);
    for (const { rows, at, cells } of this.#ports.incidents.columns.chunks) {
      for (let index = 0; index < rows; index += 1) {
        const step = cells.step[index] as number;
        counts[step] = (counts[step] as number) + (at.live[index] as number);
      }
    }
    return counts;
  }

  #countRows(test: RowTest): number {
    let count = 0;
    for (const { rows, at, cells } of this.#ports.incidents.columns.chunks) {
      for (let index = 0; index < rows; index += 1)
        if (at.live[index] === 1 && test(cells, index)) count += 1;
    }
    return count;
  }

  async byNumber(number: number): Promise<string | null> {
    await this.#ports.incidents.ready;
    const row = this.#rowOfNumber(number);
    return row === -1 ? null : this.#ports.incidents.columns.idOf(row);
  }

  async joined(id: string): Promise<readonly Incident[]> {
    await this.#ports.incidents.ready;
    return joinedTo(this.#ports.incidents, id);
  }

  async sameReplies(id: string): Promise<readonly Incident[]> {
    await this.#ports.incidents.ready;
    return sameReplies(this.#ports.incidents, id);
  }

  async lastReplies(besides: string): Promise<readonly string[]> {
    await this.#ports.incidents.ready;
    return lastReplies(this.#ports.incidents, besides);
  }

  async ownWordsReplies(): Promise<readonly OwnWordsReply[]> {
    await this.#ports.incidents.ready;
    return ownWordsReplies(this.#ports.incidents);
  }

  async templateUses(): Promise<TemplateUses> {
    await this.#ports.incidents.ready;
    return templateUses(this.#ports.incidents);
  }

  async similar(id: string): Promise<readonly QueueRow[]> {
    await this.#ports.incidents.ready;
    return this.#rows(await similarRows(this.#ports.incidents, id));
  }

  /** The deadlines that a change of settings would move. */
  async movedDeadlines(draft: SettingsDraft): Promise<MovedDues> {
    return movedDeadlines(this.#ports, draft, await this.#ports.now());
  }

  async count(from: Instant, to: Instant, by: readonly Dimension[]): Promise<readonly RowCount[]> {
    const { incidents, zone } = this.#ports;
    await incidents.ready;
    return countRows(incidents, zone, from, to, by);
  }

  async triedMessages(from: Instant, to: Instant): Promise<readonly TriedMessage[]> {
    const { incidents } = this.#ports;
    await incidents.ready;
    return triedMessages(incidents, from, to);
  }

  /** Tries a rule of importance on the messages of a time. */
  async importanceTrial(tried: TriedRule, from: Instant, to: Instant): Promise<ImportanceTrial> {
    return importanceTrial(this.#ports.incidents, tried, from, to);
  }

  /** Rows of the incidents in the order of their ids; those not here are left out. */
  async byIds(ids: readonly string[]): Promise<readonly QueueRow[]> {
    const { incidents } = this.#ports;
    await incidents.ready;
    return this.#rows(ids.map((id) => incidents.rowOf(id)).filter((row) => row !== -1));
  }

  #each(visit: (cells: IncidentCells, index: number, row: number) => void): void {
    for (const { first, rows, at, cells } of this.#ports.incidents.columns.chunks) {
      for (let index = 0; index < rows; index += 1)
        if (at.live[index] === 1) visit(cells, index, first + index);
    }
  }

  async #laneContext(): Promise<LaneContext> {
    const { incidents, account, zone, contexts, now: clock } = this.#ports;
    const now = await clock();
    const edgeOf = burningEdges(await contexts.settings(), now);
    const { words } = incidents;
    const today = localTimeAt(zone, now);
    const absent = stoodForBy(account, today.date, await contexts.deputies());
    return {
      mine: [account, ...absent].map((id) => words.find(id) ?? -1),
      now,
      endOfToday: instantAtLocal(zone, today.day + 1, 0),
      burnsBefore: (policy, agency) => edgeOf(words.word(policy), words.word(agency) || null),
    };
  }

  /** `null`: any row will do. A number of an incident finds it whatever its words. */
  async #textRows(text: string): Promise<ReadonlySet<number> | null> {
    const typed = text.trim();
    if (typed === '') return null;
    const number = /^№?\s*(\d+)$/.exec(typed)?.[1];
    const row = number === undefined ? -1 : this.#rowOfNumber(Number(number));
    const terms = [...new Set(termsOf(typed))];
    const found = terms.length === 0 ? new Set<number>() : await this.#ports.incidents.find(terms);
    return row === -1 ? found : new Set([...found, row]);
  }

  #rowOfNumber(number: number): number {
    let found = -1;
    if (number <= 0) return found;
    this.#each((cells, index, row) => {
      if (cells.number[index] === number) found = row;
    });
    return found;
  }

  #memberTest(
    query: QueueQuery,
    context: LaneContext,
    found: ReadonlySet<number> | null,
  ): (cells: IncidentCells, index: number, row: number) => boolean {
    const words = this.#ports.incidents.words;
    const tests: readonly RowTest[] = [laneTest(query.lane, context), ...filterTests(query, words)];
    return (cells, index, row) => {
      for (const test of tests) if (!test(cells, index)) return false;
      return found === null || found.has(row);
    };
  }

  #scan(
    query: QueueQuery,
    context: LaneContext,
    found: ReadonlySet<number> | null,
    limit: number,
  ): { total: number; rows: readonly number[] } {
    const isIn = this.#memberTest(query, context, found);
    const top = new TopRows(limit, this.#compareRows);
    let total = 0;
    this.#each((cells, index, row) => {
      if (!isIn(cells, index, row)) return;
      total += 1;
      top.offer(row, sortKey(query.sort, cells, index));
    });
    return { total, rows: top.take() };
  }

  #wholeOrder(
    query: QueueQuery,
    context: LaneContext,
    found: ReadonlySet<number> | null,
  ): { total: number; rows: readonly number[] } {
    const { incidents } = this.#ports;
    // Lanes that depend on the time may be a minute old in the depth of a list.
    const key = JSON.stringify([query, Math.floor(context.now / 60_000)]);
    if (this.#order?.key !== key || this.#order.commits !== incidents.commits) {
      this.#order = {
        key,
        commits: incidents.commits,
        rows: this.#scan(query, context, found, Infinity).rows,
      };
    }
    return { total: this.#order.rows.length, rows: this.#order.rows };
  }

  /** Equal deadlines: the older first, then by id, so that every window shows one order. */
  readonly #compareRows = (a: number, b: number): number => {
    const { columns } = this.#ports.incidents;
    const created = (row: number): number => columns.chunkOf(row).cells.createdAt[row % CHUNK_ROWS] as number;
    return created(a) - created(b) || (columns.idOf(a) < columns.idOf(b) ? -1 : 1);
  };

  async #rows(rows: readonly number[]): Promise<readonly QueueRow[]> {
    const documents = await this.#ports.incidents.read(rows);
    return rows.flatMap((row) => {
      const incident = documents.get(row);
      return incident === undefined ? [] : [queueRow(incident, this.#ports.pendingOf(incident.id))];
    });
  }
}
