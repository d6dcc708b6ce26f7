import { existsAt, type Agency, type Municipality } from '#shared/domain/directory.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { routesByPair } from '#shared/domain/records/route-surroundings.ts';
import { pairKey, routeIdOf, type RoutingRule } from '#shared/domain/routing.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { agencyReader } from './agency-cell.ts';
import { dayCell } from './day-cells.ts';
import { CODE, FIRST_DAY, LAST_DAY, momentIn, neverInForce, validityCells } from './lasting-cells.ts';
import { nameFinder, type NamedThing } from './name-finder.ts';
import { readingOf, WrongCell } from './row-cells.ts';
import { column, type RowReading, type SettingsCells, type SettingsTable } from './settings-table.ts';

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
  column('group', 'Группа тем', 28),
  column('topic', 'Тема', 44, true),
  column('municipality', 'Муниципалитет', 34, true),
  column('agency', 'Ведомство', 44, true),
  column('unit', 'Подразделение', 34),
  column('priority', 'Приоритет', 10),
  FIRST_DAY,
  LAST_DAY,
  CODE,
];

type Cell = (typeof COLUMNS)[number]['key'];

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
    close: (route, now) => ({ ...route, ...neverInForce(route.validFrom ?? now) }),
  };
}

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
  ...validityCells(route, zone),
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
  const named = (
    column: Cell,
    cell: string,
    find: (name: string) => NamedThing<string>,
  ): string | undefined => {
    if (cell === '') return undefined;
    const found = find(cell);
    if (!found.ok) throw new WrongCell(column, found.why);
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
      if (error instanceof WrongCell) return null;
      throw error;
    }
  };
}

function routeReader(basis: RouteTableBasis) {
  const pairOf = pairReader(basis);
  const agencyOf = agencyReader(basis.agencies, basis.at);
  const taken = new Set(basis.routes.map(({ id }) => id));
  return (cells: SettingsCells, before: RoutingRule | null): RowReading<RoutingRule> =>
    readingOf(() => {
      const pair = pairOf(cells, before);
      if (at(cells, 'agency') === '') throw new WrongCell('agency', 'missing');
      const agency = agencyOf(at(cells, 'agency'), before?.agency);
      const id = before?.id ?? routeIdOf(pair, taken);
      if (before === null) taken.add(id);
      return { id, ...pair, agency, ...detailsOf(cells, before, basis.zone) };
    });
}

type Details = Pick<RoutingRule, 'unit' | 'priority' | 'validFrom' | 'validTo'>;

function detailsOf(cells: SettingsCells, before: RoutingRule | null, zone: ZoneName): Details {
  const unit = cells['unit'] ?? before?.unit ?? '';
  if (unit.length > 1000) throw new WrongCell('unit', 'too_long');
  const number = cells['priority'] ?? String(before?.priority ?? '');
  const priority = number === '' ? undefined : Number(number);
  if (priority !== undefined && !(Number.isInteger(priority) && Math.abs(priority) <= 1_000_000))
    throw new WrongCell('priority', 'broken_number');
  const validFrom = momentIn(cells, 'firstDay', zone, before?.validFrom);
  const validTo = momentIn(cells, 'lastDay', zone, before?.validTo);
  return {
    ...(unit === '' ? {} : { unit: before?.unit?.trim() === unit ? before.unit : unit }),
    ...(priority === undefined ? {} : { priority }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
  };
}
