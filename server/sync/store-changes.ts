import { CompiledQuery } from 'kysely';
import type { IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { isOwn } from '#shared/domain/incident-number.ts';
import { must } from '#shared/domain/must.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { agenciesOf, incidentColumns } from './incident-columns.ts';
import { CHANGES_PER_REVISION } from './changes-per-revision.ts';
import type { ReferenceChange } from './reference.ts';
import { storeStatement } from './store-statement.ts';

/**
 * One incident and what happened to it. `before` is as it lies in the database now, null when it does not.
 */
export interface IncidentChange {
  readonly before: Incident | null;
  readonly after: Incident;
  readonly events: readonly IncidentEvent[];
}

/** A decided command as it is kept; names are the columns'. */
export interface DecidedCommand {
  readonly id: string;
  readonly client_id: string;
  readonly seq: number;
  readonly actor: string;
  readonly name: string;
  readonly incident_id: string;
  readonly args: unknown;
  readonly at: number;
  readonly outcome: unknown;
  readonly status: 'applied' | 'merged' | 'refused' | 'held';
}

/**
 * A row was changed by somebody else between reading and writing; the whole transaction is to be tried again.
 */
export class WriteConflict extends Error {}

/** Events folded over what is there: the change that {@link storeChanges} takes. */
export const changeOf = (
  id: string,
  before: Incident | null,
  events: readonly IncidentEvent[],
): IncidentChange => ({
  before,
  after: evolveAll(id, before, events),
  events,
});

/**
 * Reads incidents and locks them until the transaction ends, in the order of their ids so that no two
 * transactions wait for each other.
 */
export async function lockIncidents(
  tx: ScopedTransaction,
  region: string,
  ids: readonly string[],
): Promise<Map<string, Incident>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('incident')
    .select(['id', 'row'])
    .where('region_id', '=', region)
    .where('id', 'in', [...new Set(ids)])
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map(({ id, row }) => [id, row as unknown as Incident]));
}

/**
 * Stores changes of at most {@link CHANGES_PER_REVISION} incidents under one new revision, which it gives
 * back: rows, events and feed, in one statement; a command may change a record of the centre instead. A
 * registration without a number gets the region's next one. Throws WriteConflict.
 */
export async function storeChanges(
  tx: ScopedTransaction,
  region: string,
  changes: readonly IncidentChange[],
  now: number,
  command: DecidedCommand | null = null,
  record: ReferenceChange | null = null,
): Promise<number> {
  if (changes.length > CHANGES_PER_REVISION)
    throw new RangeError(`${changes.length} changes in one revision`);
  const { incidents, events, taken, highest } = inputOf(changes, command?.id ?? null);
  const values: unknown[] = [region, JSON.stringify(incidents), JSON.stringify(events), taken, highest, now];
  if (command !== null) values.push(JSON.stringify(command));
  if (record !== null) values.push(JSON.stringify({ deleted: false, ...record }));
  const added = changes.some(({ before }) => before === null);
  const changed = changes.some(({ before }) => before !== null);
  const text = storeStatement({ added, changed, command: command !== null, record: record !== null });
  const { rows } = await tx.executeQuery(
    CompiledQuery.raw(text, values) as CompiledQuery<{ v: number; stored: number }>,
  );
  const { v, stored } = must(rows[0], `region ${region} has a clock`);
  if (stored !== changes.length)
    throw new WriteConflict(`${stored} of ${changes.length} incidents were as expected`);
  return v;
}

/**
 * Stores any number of changes in one transaction, a revision for each {@link CHANGES_PER_REVISION}. Gives
 * the last revision.
 */
export async function storeMany(
  tx: ScopedTransaction,
  region: string,
  changes: readonly IncidentChange[],
  now: number,
): Promise<number | null> {
  let v: number | null = null;
  for (let start = 0; start < changes.length; start += CHANGES_PER_REVISION) {
    v = await storeChanges(tx, region, changes.slice(start, start + CHANGES_PER_REVISION), now);
  }
  return v;
}

interface Input {
  readonly incidents: object[];
  readonly events: object[];
  /** How many numbers are to be given. */
  readonly taken: number;
  /**
   * The highest number of ours that came along: the counter goes on after it. Numbers of the registry do not
   * move it.
   */
  readonly highest: number;
}

function inputOf(changes: readonly IncidentChange[], commandId: string | null): Input {
  const incidents: object[] = [];
  const events: object[] = [];
  let taken = 0;
  let highest = 0;
  for (const { before, after, events: news } of changes) {
    // The registry's number may be missing in an imported row; such a row gets none.
    const take = before === null && after.number === null && after.externalId === null ? (taken += 1) : null;
    if (isOwn(after)) highest = Math.max(highest, after.number ?? 0);
    const seen = [...new Set([...agenciesOf(before), ...agenciesOf(after)])];
    incidents.push({ ...incidentColumns(after), row: after, before: before?.version ?? 0, seen, take });
    news.forEach((event, index) =>
      events.push(eventInput(after.id, (before?.version ?? 0) + index + 1, event, commandId, take)),
    );
  }
  return { incidents, events, taken, highest };
}

function eventInput(
  incident: string,
  n: number,
  event: IncidentEvent,
  commandId: string | null,
  take: number | null,
): object {
  const { name, at, by, command: _command, ...data } = event;
  return {
    incident_id: incident,
    n,
    name,
    at,
    actor: by,
    command_id: commandId,
    data,
    take: name === 'registered' ? take : null,
  };
}
