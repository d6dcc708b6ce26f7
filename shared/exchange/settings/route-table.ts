import { existsAt, type Agency, type Municipality } from '#shared/domain/directory.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { routesByPair } from '#shared/domain/records/route-surroundings.ts';
import { pairKey, routeIdOf, type RoutingRule } from '#shared/domain/routing.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { dayCell, momentOfCell } from './day-cells.ts';
import { nameFinder } from './name-finder.ts';
import type { RowReading, SettingsCells, CellTrouble, SettingsTable } from './settings-table.ts';

/** The basis that a table of routes is written and read on. */
export interface RouteTableBasis {
  readonly zone: ZoneName;
  readonly at: Instant;
  readonly routes: readonly RoutingRule[];
  readonly agencies: readonly Agency[];
  readonly municipalities: readonly Pick<Municipality, 'name' | 'shortName'>[];
  readonly topics: readonly Pick<Topic, 'name' | 'group'>[];
}

const COLUMNS = [
  { key: 'group', header: 'Группа тем', width: 28, isRequired: false },
  { key: 'topic', header: 'Тема', width: 44, isRequired: true },
  { key: 'municipality', header: 'Муниципалитет', width: 34, isRequired: true },
  { key: 'agency', header: 'Ведомство', width: 44, isRequired: true },
  { key: 'unit', header: 'Подразделение', width: 34, isRequired: false },
  { key: 'priority', header: 'Приоритет', width: 10, isRequired: false },
  { key: 'firstDay', header: 'Действует с', width: 13, isRequired: false },
  { key: 'lastDay', header: 'Действует по', width: 13, isRequired: false },
  { key: 'id', header: 'Код', width: 38, isRequired: false },
] as const;

type Cell = (typeof COLUMNS)[number]['key'];

/** Thrown while a row is read, caught where it is. */
class Wrong extends Error {
  readonly column: Cell;
  readonly why: CellTrouble;
  constructor(column: Cell, why: CellTrouble) {
    super(why);
    [this.column, this.why] = [column, why];
  }
}

/** Routes as a table. Without a code a row means the route of its pair that holds then, or a new one. */
export function routeTable(basis: RouteTableBasis): SettingsTable<RoutingRule> {
  const names = new Map(basis.agencies.map(({ id, name }) => [id, name]));
  const groupsOf = groupsByTopic(basis);
  return {
    title: 'Маршруты',
    columns: COLUMNS,
    write: (route) => writeRoute(route, names, groupsOf, basis.zone),
    find: routeFinder(basis),
    read: routeReader(basis),
    // As though it had never been in force: the same pair may be loaded again from the first day on.
    close: (route, now) => ({ ...route, ...neverInForce(route.validFrom ?? now) }),
  };
}

const neverInForce = (at: Instant) => ({ validFrom: at, validTo: at });

type GroupsOfTopic = ReadonlyMap<string, readonly string[]>;

const groupsByTopic = ({ topics }: RouteTableBasis): GroupsOfTopic =>
  new Map(
    [...Map.groupBy(topics, ({ name }) => name)].map(([name, same]) => [
      name,
      [...new Set(same.map(({ group }) => group))],
    ]),
  );

/** The one group that a topic is of; undefined where its name is in several. */
function onlyGroupOf(topic: string | undefined, groupsOf: GroupsOfTopic): string | undefined {
  const groups = groupsOf.get(topic ?? '') ?? [];
  return groups.length === 1 ? groups[0] : undefined;
}

const writeRoute = (
  route: RoutingRule,
  names: ReadonlyMap<string, string>,
  groupsOf: GroupsOfTopic,
  zone: ZoneName,
): SettingsCells => ({
  // The group of a topic is written for whoever reads; read again it says nothing new.
  group: route.group ?? onlyGroupOf(route.topic, groupsOf) ?? '',
  topic: route.topic ?? '',
  municipality: route.municipality ?? '',
  agency: names.get(route.agency) ?? route.agency,
  unit: route.unit ?? '',
  priority: route.priority === undefined ? '' : String(route.priority),
  firstDay: dayCell(zone, route.validFrom, 'first'),
  lastDay: dayCell(zone, route.validTo, 'last'),
  id: route.id,
});

type Names = Pick<RoutingRule, 'topic' | 'group' | 'municipality'>;

/**
 * The pair that cells name, in the spelling of the dictionary and the directory. The group of a topic that is
 * in no other is left out, unless `before` has it.
 */
function pairReader(basis: RouteTableBasis): (cells: SettingsCells, before: RoutingRule | null) => Names {
  const { topics, municipalities } = basis;
  const groupsOf = groupsByTopic(basis);
  const topicOf = nameFinder([...new Set(topics.map(({ name }) => name))], (name) => [name]);
  const groupOf = nameFinder([...new Set(topics.map(({ group }) => group))], (name) => [name]);
  const placeOf = nameFinder(municipalities, ({ name, shortName }) => [name, shortName]);
  const named = (column: Cell, cell: string, find: (name: string) => Found): string | undefined => {
    if (cell === '') return undefined;
    const found = find(cell);
    if (!found.ok) throw new Wrong(column, found.why);
    return found.value;
  };
  return (cells, before) => {
    const written = named('group', at(cells, 'group'), groupOf);
    const topic = named('topic', at(cells, 'topic'), topicOf);
    const municipality = named('municipality', at(cells, 'municipality'), (cell) => {
      const found = placeOf(cell);
      return found.ok ? { ok: true, value: found.value.name } : found;
    });
    const isImplied = written !== undefined && written === onlyGroupOf(topic, groupsOf);
    const group = isImplied && before?.group !== written ? undefined : written;
    return {
      ...(topic === undefined ? {} : { topic }),
      ...(group === undefined ? {} : { group }),
      ...(municipality === undefined ? {} : { municipality }),
    };
  };
}

type Found =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly why: 'unknown' | 'ambiguous' };

const at = (cells: SettingsCells, key: Cell): string => cells[key] ?? '';

function routeFinder(basis: RouteTableBasis): (cells: SettingsCells) => RoutingRule | null {
  const { routes, zone, at: now } = basis;
  const byId = new Map(routes.map((route) => [route.id, route]));
  const byPair = routesByPair(routes);
  const pairOf = pairReader(basis);
  return (cells) => {
    const known = byId.get(at(cells, 'id'));
    if (known !== undefined) return known;
    try {
      const same = byPair.get(pairKey(pairOf(cells, null))) ?? [];
      const day = at(cells, 'firstDay');
      const begins = same.find(({ validFrom }) => day !== '' && dayCell(zone, validFrom, 'first') === day);
      return begins ?? (day === '' ? same.find((route) => existsAt(route, now)) : undefined) ?? null;
    } catch (error) {
      if (error instanceof Wrong) return null;
      throw error;
    }
  };
}

function routeReader(basis: RouteTableBasis) {
  const pairOf = pairReader(basis);
  const open = basis.agencies.filter((agency) => existsAt(agency, basis.at));
  const agencyNames = ({ id, name, shortName }: Agency) => [name, shortName, id];
  const [openOf, anyOf] = [open, basis.agencies].map((agencies) => nameFinder(agencies, agencyNames));
  const taken = new Set(basis.routes.map(({ id }) => id));
  const agencyOf = (cell: string, before: RoutingRule | null): string => {
    const kept = basis.agencies.find(({ id }) => id === before?.agency);
    // Two of one name, of which one has closed: what was not touched is left as it is.
    if (kept !== undefined && agencyNames(kept).includes(cell)) return kept.id;
    const found = openOf?.(cell);
    const meant = found?.ok === false && found.why === 'unknown' ? anyOf?.(cell) : found;
    if (meant === undefined || !meant.ok) throw new Wrong('agency', meant?.why ?? 'unknown');
    return meant.value.id;
  };
  return (cells: SettingsCells, before: RoutingRule | null): RowReading<RoutingRule> => {
    try {
      const pair = pairOf(cells, before);
      if (at(cells, 'agency') === '') throw new Wrong('agency', 'missing');
      const agency = agencyOf(at(cells, 'agency'), before);
      const id = before?.id ?? routeIdOf(pair, taken);
      if (before === null) taken.add(id);
      return { ok: true, row: { id, ...pair, agency, ...detailsOf(cells, before, basis.zone) } };
    } catch (error) {
      if (error instanceof Wrong) return { ok: false, column: error.column, why: error.why };
      throw error;
    }
  };
}

/** A column that the file does not have leaves the day as it is; so does a blank one without a code. */
function momentOf(
  zone: ZoneName,
  cells: SettingsCells,
  column: 'firstDay' | 'lastDay',
  before: RoutingRule | null,
): Instant | undefined | null {
  const [cell, kept] = [cells[column], column === 'firstDay' ? before?.validFrom : before?.validTo];
  const isSaid = cell !== undefined && (cell !== '' || at(cells, 'id') !== '');
  return isSaid ? momentOfCell(zone, cell, column === 'firstDay' ? 'first' : 'last', kept) : kept;
}

type Details = Pick<RoutingRule, 'unit' | 'priority' | 'validFrom' | 'validTo'>;

function detailsOf(cells: SettingsCells, before: RoutingRule | null, zone: ZoneName): Details {
  const unit = cells['unit'] ?? before?.unit ?? '';
  if (unit.length > 1000) throw new Wrong('unit', 'too_long');
  const number = cells['priority'] ?? String(before?.priority ?? '');
  const priority = number === '' ? undefined : Number(number);
  if (priority !== undefined && !(Number.isInteger(priority) && Math.abs(priority) <= 1_000_000))
    throw new Wrong('priority', 'broken_number');
  const validFrom = momentOf(zone, cells, 'firstDay', before);
  const validTo = momentOf(zone, cells, 'lastDay', before);
  if (validFrom === null) throw new Wrong('firstDay', 'broken_date');
  if (validTo === null) throw new Wrong('lastDay', 'broken_date');
  return {
    ...(unit === '' ? {} : { unit: before?.unit?.trim() === unit ? before.unit : unit }),
    ...(priority === undefined ? {} : { priority }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
  };
}
