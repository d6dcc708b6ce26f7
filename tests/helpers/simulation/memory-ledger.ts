import type { DeadlinePolicy } from '#shared/domain/deadline.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { policySurroundings } from '#shared/domain/records/policy-surroundings.ts';
import { ownRow } from '#shared/domain/records/own-row.ts';
import { RECORD_RULES } from '#shared/domain/records/record-rules.ts';
import { municipalitiesById, type PlaceSurroundings } from '#shared/domain/records/place-surroundings.ts';
import { routeSurroundings } from '#shared/domain/records/route-surroundings.ts';
import { topicShelf, type TopicUse } from '#shared/domain/records/topic-surroundings.ts';
import type { AgencyWork } from '#shared/domain/records/surroundings.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { isClosed } from '#shared/domain/step.ts';
import type { ReferenceKind } from '#shared/protocol/sync.ts';
import { agenciesOf } from '#server/sync/incident-columns.ts';
import type { DecidedChanges, Ledger, Ledgers } from '#server/sync/ledger.ts';
import { DECISION_KINDS, parseCentreSettings } from '#server/sync/centre-settings.ts';
import type { ReferenceChange } from '#server/sync/reference.ts';
import type { IncidentChange } from '#server/sync/store-changes.ts';
import type { SyncSession } from '#server/sync/sync-session.ts';
import { knows, raiseClock } from './memory-put-back.ts';
import { isVisible, type MemoryState } from './memory-state.ts';

/** A value as it comes back from a column of JSON. */
export const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Transactions over a state in memory. Nobody is ever in the way, so each is a plain call. */
export const memoryLedgers = (state: () => MemoryState, session: SyncSession, zone: string): Ledgers => ({
  transact: (work) => work(memoryLedger(state(), session, zone)),
  headV: async () => state().v,
});

function memoryLedger(state: MemoryState, session: SyncSession, zone: string): Ledger {
  const ownCommand = (id: string) => {
    const command = state.commands.get(id);
    return command?.actor === session.account ? command : undefined;
  };
  return {
    lockClient: async (clientId) => {
      const client = state.clients.get(clientId) ?? { actor: session.account, lastSeq: 0 };
      if (client.actor !== session.account) return null;
      state.clients.set(clientId, client);
      return client.lastSeq;
    },
    findKnown: async (command, seen) => ({
      outcome: ownCommand(command)?.outcome ?? null,
      referenceV: state.v,
      isDisabled: false,
      isOurs: knows(state, seen),
      putBackAt: state.putBackAt,
    }),
    statusOf: async (command) => ownCommand(command)?.outcome.status ?? null,
    lockRecords: async (kind, ids) =>
      new Map(
        ids.flatMap((id) => {
          const found = state.reference.get(`${kind}:${id}`);
          return found === undefined || found.deleted
            ? []
            : [[id, RECORD_RULES[kind].schema.parse(ownRow(found))] as const];
        }),
      ),
    lockSurroundings: async (kind, saved, at) =>
      RECORD_RULES[kind].judge === null
        ? null
        : {
            at,
            agencies: settingsOf(state, zone).agencies,
            works: new Map(saved.map(({ id }) => [id, workOf(state, id, at)])),
            routing: routeSurroundings((wanted) => rowsOf(state, wanted)),
            deadlines: policySurroundings((wanted) => rowsOf(state, wanted)),
            places: placesOf(state, saved, at),
            dictionary: { topics: topicShelf(rowsOf(state, 'topic')), uses: topicUsesOf(state, saved, at) },
          },
    lockIncidents: async (ids) => visibleRows(state, session, ids),
    settings: async () => settingsOf(state, zone),
    lastMoment: async (incident, n) => {
      const moments = (state.moments.get(incident) ?? []).filter((event) => event.n <= n);
      return moments.length === 0 ? null : Math.max(...moments.map(({ at }) => at));
    },
    storeReplay: async ({ clientId, seq, commandId }) => {
      raiseClock(state);
      must(state.clients.get(clientId), 'a client locked before').lastSeq = seq;
      state.replays.push({ clientId, seq, commandId, v: state.v });
    },
    countOnly: async (clientId, seq) => {
      must(state.clients.get(clientId), 'a client locked before').lastSeq = seq;
    },
    isFreeNumber: async (number) =>
      number <= state.lastNumber && ![...state.incidents.values()].some(({ row }) => row.number === number),
    store: async (decided) => storeDecided(state, decided),
  };
}

/** Counts what hangs on an agency. */
function workOf(state: MemoryState, agency: string, at: Instant): AgencyWork {
  const held = [...state.incidents.values()].filter(
    ({ row }) => currentAgency(row) === agency && !isClosed(row.step),
  );
  return { incidents: held.length, routes: countRoutes(state, at, (rule) => rule.agency === agency) };
}

const rowsOf = ({ reference }: MemoryState, wanted: ReferenceKind): readonly unknown[] =>
  [...reference.values()].filter(({ kind, deleted }) => kind === wanted && !deleted).map(ownRow);

/** Counts what knows topics by their names. */
function topicUsesOf(
  state: MemoryState,
  saved: readonly { readonly id: string }[],
  at: Instant,
): ReadonlyMap<string, TopicUse> {
  const topics = topicShelf(rowsOf(state, 'topic'));
  const policies = rowsOf(state, 'policy') as readonly Pick<DeadlinePolicy, 'topic' | 'validTo'>[];
  const uses = saved.flatMap(({ id }) => {
    const name = topics.get(id)?.name;
    if (name === undefined) return [];
    const known = [...state.incidents.values()].filter(({ row }) => row.classification?.topic === name);
    const limits = policies.filter(({ topic, validTo }) => topic === name && (validTo ?? Infinity) > at);
    const rules = countRoutes(state, at, (rule) => rule.topic === name) + limits.length;
    return [[id, { incidents: known.length, rules }] as const];
  });
  return new Map(uses);
}

/** Counts the routes in force for which `isMeant` holds. */
const countRoutes = (state: MemoryState, at: Instant, isMeant: (rule: RoutingRule) => boolean): number =>
  (rowsOf(state, 'route') as readonly RoutingRule[]).filter(
    (rule) => isMeant(rule) && (rule.validTo === undefined || rule.validTo > at),
  ).length;

/** Gives what municipalities are judged on. */
function placesOf(
  state: MemoryState,
  saved: readonly { readonly id: string }[],
  at: Instant,
): PlaceSurroundings {
  const municipalities = municipalitiesById(rowsOf(state, 'municipality'));
  const uses = saved.flatMap(({ id }) => {
    const name = municipalities.get(id)?.name;
    if (name === undefined) return [];
    const placed = [...state.incidents.values()].filter(({ row }) => row.place.municipality === name);
    const routes = countRoutes(state, at, (rule) => rule.municipality === name);
    return [[id, { incidents: placed.length, routes }] as const];
  });
  return { municipalities, uses: new Map(uses) };
}

function visibleRows(
  { incidents }: MemoryState,
  session: SyncSession,
  ids: readonly string[],
): ReadonlyMap<string, Incident> {
  const rows = ids.map((id) => incidents.get(id)?.row).filter((row) => row !== undefined);
  return new Map(rows.filter((row) => isVisible(row, session)).map((row) => [row.id, row]));
}

const SETTINGS = new WeakMap<
  MemoryState,
  { readonly mark: number; readonly settings: ReturnType<typeof parseCentreSettings> }
>();

/** Settings are compiled once for each revision of their rows. */
function settingsOf(state: MemoryState, zone: string): ReturnType<typeof parseCentreSettings> {
  const rows = [...state.reference.values()].filter(
    ({ kind, deleted }) => DECISION_KINDS.includes(kind) && !deleted,
  );
  const mark = Math.max(0, ...rows.map(({ v }) => v));
  const known = SETTINGS.get(state);
  if (known?.mark === mark) return known.settings;
  const settings = parseCentreSettings(rows, zone);
  SETTINGS.set(state, { mark, settings });
  return settings;
}

function storeDecided(state: MemoryState, { change, records, command }: DecidedChanges): number {
  raiseClock(state);
  if (change !== null) storeIncident(state, change);
  for (const record of records) storeReference(state, record);
  const { id, client_id: clientId, seq, actor, outcome } = command;
  const stored = throughJson(outcome) as MemoryState['commands'] extends Map<string, infer C>
    ? C extends { readonly outcome: infer O }
      ? O
      : never
    : never;
  state.commands.set(id, { id, clientId, seq, actor, outcome: stored, v: state.v });
  must(state.clients.get(clientId), 'a client locked before').lastSeq = seq;
  return state.v;
}

/** One changed incident under the revision begun last; a registration gets the next number. */
export function storeIncident(state: MemoryState, { before, after, events }: IncidentChange): void {
  const isNumbered = before !== null || after.number !== null || after.externalId !== null;
  const number = isNumbered ? after.number : (state.lastNumber += 1);
  const row = throughJson({ ...after, number });
  state.incidents.set(row.id, { row, v: state.v });
  const version = before?.version ?? 0;
  const news = events.map(({ at }, index) => ({ n: version + index + 1, at }));
  state.moments.set(row.id, [...(state.moments.get(row.id) ?? []), ...news]);
  const agencies = [...new Set([...agenciesOf(before), ...agenciesOf(after)])];
  state.log.push({ v: state.v, id: row.id, agencies });
}

/** One reference row under the revision begun last; one that is taken out of use keeps its words. */
export function storeReference(state: MemoryState, change: ReferenceChange): void {
  const { kind, id } = change;
  const deleted = 'deleted' in change;
  const row: unknown = deleted ? (state.reference.get(`${kind}:${id}`)?.row ?? {}) : throughJson(change.row);
  state.reference.set(`${kind}:${id}`, { kind, id, row, v: state.v, deleted });
}
