import { CompiledQuery } from 'kysely';
import { validate as isUuid } from 'uuid';
import type { IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { isOwn } from '#shared/domain/incident-number.ts';
import { must } from '#shared/domain/must.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { agenciesOf, incidentColumns } from './incident-columns.ts';
import { bytesOf, BYTES_PER_REVISION, CHANGES_PER_REVISION, inRevisions } from './in-revisions.ts';
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
  /** Null where the command is about a record whose id is no uuid. */
  readonly incident_id: string | null;
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
  // A command offered again asks for what it is about, which may be a record: its id need be no uuid.
  const uuids = [...new Set(ids)].filter(isUuid);
  if (uuids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('incident')
    .select(['id', 'row'])
    .where('region_id', '=', region)
    .where('id', 'in', uuids)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map(({ id, row }) => [id, row as unknown as Incident]));
}

/**
 * Stores changes under one new revision, which it gives back: rows, events and feed, in one statement; a
 * command may change records of the centre instead. A registration without a number gets the region's next
 * one. Throws WriteConflict, and RangeError for more than a revision may hold: {@link storeMany} cuts.
 */
export async function storeChanges(
  tx: ScopedTransaction,
  region: string,
  changes: readonly IncidentChange[],
  now: number,
  command: DecidedCommand | null = null,
  records: readonly ReferenceChange[] = [],
): Promise<number> {
  if (!isOneRevision(changes)) throw new RangeError(`${changes.length} changes are too many for a revision`);
  return storeRevision(tx, region, changes, now, command, records);
}

async function storeRevision(
  tx: ScopedTransaction,
  region: string,
  changes: readonly IncidentChange[],
  now: number,
  command: DecidedCommand | null,
  records: readonly ReferenceChange[],
): Promise<number> {
  const { incidents, events, taken, highest } = inputOf(changes, command?.id ?? null);
  const values: unknown[] = [region, JSON.stringify(incidents), JSON.stringify(events), taken, highest, now];
  if (command !== null) values.push(JSON.stringify(command));
  if (records.length > 0) values.push(JSON.stringify(records.map((one) => ({ deleted: false, ...one }))));
  const added = changes.some(({ before }) => before === null);
  const changed = changes.some(({ before }) => before !== null);
  const text = storeStatement({ added, changed, command: command !== null, records: records.length > 0 });
  const { rows } = await tx.executeQuery(
    CompiledQuery.raw(text, values) as CompiledQuery<{ v: number; stored: number }>,
  );
  const { v, stored } = must(rows[0], `region ${region} has a clock`);
  if (stored !== changes.length)
    throw new WriteConflict(`${stored} of ${changes.length} incidents were as expected`);
  return v;
}

function isOneRevision(changes: readonly IncidentChange[]): boolean {
  if (changes.length <= 1) return true;
  const bytes = changes.reduce((sum, { after }) => sum + bytesOf(after), 0);
  return changes.length <= CHANGES_PER_REVISION && bytes <= BYTES_PER_REVISION;
}

/**
 * Stores any number of changes in one transaction, in as many revisions as they need. Gives the last one.
 */
export async function storeMany(
  tx: ScopedTransaction,
  region: string,
  changes: readonly IncidentChange[],
  now: number,
): Promise<number | null> {
  let v: number | null = null;
  for (const part of inRevisions(changes, ({ after }) => after))
    v = await storeRevision(tx, region, part, now, null, []);
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
    const actor = news.at(-1)?.by ?? null;
    const known = { before: before?.version ?? 0, seen, take, actor };
    incidents.push({ ...incidentColumns(after), row: after, ...known });
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
