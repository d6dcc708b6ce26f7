import {
  agencySchema,
  municipalitySchema,
  successorAt,
  type Agency,
  type Municipality,
} from '#shared/domain/directory.ts';
import { groupOf, renamedTo, topicSchema, type Topic } from '#shared/domain/dictionary.ts';
import { regionDictionary } from '#shared/domain/region-dictionary.ts';
import { groundAt } from '#shared/domain/places.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { seenId } from '#shared/exchange/row-identity.ts';
import type { KnownCells } from '#shared/exchange/columns.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';

/** Counts of names in a file that the region did not know. */
export interface SeenCounts {
  readonly agencies: number;
  readonly municipalities: number;
  readonly topics: number;
}

/**
 * Names of the region's agencies, municipalities and topics; an unknown one is added as «seen in import»,
 * never refused.
 */
export interface NameBook {
  readonly agencyId: (name: string) => string;
  readonly agencyName: (id: string) => string;
  /** The municipality's name; its successor's for a double that came with a file and was merged. */
  readonly municipalityName: (name: string) => string;
  /** The topic and its group; its successor's for a double that came with a file and was joined to one. */
  readonly topicOf: (named: NamedTopic) => NamedTopic;
  /** Notes the names of a row that is going to be stored. */
  readonly note: (known: KnownCells) => void;
  /** New reference rows since the last call, to be stored with the rows that brought them. */
  readonly takeNew: () => ReferenceRow[];
  readonly counts: () => SeenCounts;
}

interface NamedTopic {
  readonly group: string;
  readonly topic: string;
}

/** Units that one agency grows by from files; a wrong column would name as many as it has rows. */
const MOST_UNITS = 1000;

/** Quotes, case and ё differ between exports of one name. */
const nameKey = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[«»"„“”']/g, '')
    .replaceAll(/\s+/g, ' ');

const seenAgency = (name: string): Agency => ({
  id: seenId('agency', name),
  name,
  shortName: name,
  kind: 'other',
  units: [],
  verified: false,
  seenInImport: true,
});

const seenMunicipality = (name: string): Municipality => ({
  id: seenId('municipality', name),
  name,
  shortName: name,
  kind: /,\s*другое$/i.test(name)
    ? 'other'
    : /г\.?\s*о\.?$|^г(?:\.|ород)\s/i.test(name)
      ? 'city'
      : 'district',
  population: null,
  settlements: [],
  seenInImport: true,
});

const seenTopic = (group: string, name: string): Topic => ({
  name,
  group,
  fastTrack: name.startsWith('★'),
  severity: null,
  seenInImport: true,
  validFrom: null,
  validTo: null,
});

/** Rows to be stored, by kind and id: a later one of the same id takes the place of the earlier. */
type Fresh = Map<string, ReferenceRow>;

const put = (fresh: Fresh, row: ReferenceRow): void => void fresh.set(`${row.kind}/${row.id}`, row);

class AgencyNames {
  readonly #agencies: Map<string, Agency>;
  readonly #byName = new Map<string, string>();
  readonly #fresh: Fresh;
  added = 0;

  constructor(rows: readonly unknown[], fresh: Fresh) {
    this.#fresh = fresh;
    this.#agencies = new Map(readableOf(agencySchema, rows).map((agency) => [agency.id, agency]));
    for (const { id, name, shortName } of this.#agencies.values()) {
      const known = this.#knownAs(id);
      for (const spelling of [shortName, name]) this.#byName.set(nameKey(spelling), known);
    }
  }

  /** A double that came with a file and was merged is but another spelling of its successor. */
  #knownAs(id: string): string {
    const isDouble = this.#agencies.get(id)?.seenInImport === true;
    return isDouble ? successorAt(this.#agencies, id, Number.MAX_SAFE_INTEGER) : id;
  }

  nameOf(id: string): string {
    return this.#agencies.get(id)?.name ?? id;
  }

  idOf(name: string): string {
    const known = this.#byName.get(nameKey(name));
    if (known !== undefined) return known;
    const agency = seenAgency(name.trim());
    this.added += 1;
    this.#byName.set(nameKey(name), agency.id);
    this.#put(agency);
    return agency.id;
  }

  /** The units of a verified agency are the administrator's; one that came with a file grows with it. */
  noteUnit(name: string, unit: string): void {
    const agency = this.#agencies.get(this.idOf(name));
    if (agency?.seenInImport !== true || unit === '' || agency.units.includes(unit)) return;
    if (agency.units.length >= MOST_UNITS) return;
    this.#put({ ...agency, units: [...agency.units, unit] });
  }

  #put(agency: Agency): void {
    this.#agencies.set(agency.id, agency);
    put(this.#fresh, { kind: 'agency', id: agency.id, row: agency });
  }
}

/** Names that are only there or not: municipalities and topics. */
class SeenNames {
  readonly #known: Set<string>;
  added = 0;

  constructor(names: readonly string[]) {
    this.#known = new Set(names.map(nameKey));
  }

  /** Tells whether the name is new; from now on it is not. */
  isNew(name: string): boolean {
    if (name === '' || this.#known.has(nameKey(name))) return false;
    this.#known.add(nameKey(name));
    this.added += 1;
    return true;
  }
}

/**
 * Municipalities that came with a file and were merged, by their names: each is another spelling of one. A
 * real one that somebody confirmed keeps its name in rows of its time.
 */
const doublesOf = (municipalities: readonly Municipality[]): ReadonlyMap<string, string> =>
  new Map(
    municipalities
      .filter(
        ({ seenInImport, verified, successor }) =>
          seenInImport === true && verified !== true && successor !== undefined,
      )
      .map(({ name }) => [nameKey(name), groundAt(municipalities, name, Number.MAX_SAFE_INTEGER)]),
  );

/** Topics that came with a file and were joined to one other, by their names: each is a spelling of it. */
function joinedTopics(rows: readonly unknown[]): ReadonlyMap<string, NamedTopic> {
  const dictionary = regionDictionary(rows);
  const doubles = dictionary.topics.filter(
    ({ seenInImport, verified, successors }) =>
      seenInImport === true && verified !== true && successors?.length === 1,
  );
  return new Map(
    doubles.flatMap(({ name }): [string, NamedTopic][] => {
      const topic = renamedTo(dictionary, name, Number.MAX_SAFE_INTEGER);
      const group = topic === null ? null : groupOf(dictionary, topic, Number.MAX_SAFE_INTEGER);
      return topic === null || group === null ? [] : [[nameKey(name), { group, topic }]];
    }),
  );
}

/** Opens the book of a region's reference rows. */
export function nameBook(rows: readonly ReferenceRow[]): NameBook {
  const of = (kind: string): unknown[] => rows.filter((row) => row.kind === kind).map(({ row }) => row);
  const fresh: Fresh = new Map();
  const agencies = new AgencyNames(of('agency'), fresh);
  const municipalities = readableOf(municipalitySchema, of('municipality'));
  const places = new SeenNames(municipalities.flatMap(({ name, shortName }) => [name, shortName]));
  const doubles = doublesOf(municipalities);
  const topics = new SeenNames(readableOf(topicSchema, of('topic')).map(({ name }) => name));
  const joined = joinedTopics(of('topic'));
  const notePlace = (name: string): void => {
    if (!places.isNew(name)) return;
    const row = seenMunicipality(name.trim());
    put(fresh, { kind: 'municipality', id: row.id, row });
  };
  const noteTopic = (group: string, name: string): void => {
    if (group !== '' && topics.isNew(name))
      put(fresh, { kind: 'topic', id: `import/${group}/${name}`, row: seenTopic(group, name) });
  };
  return {
    agencyId: (name) => agencies.idOf(name),
    agencyName: (id) => agencies.nameOf(id),
    municipalityName: (name) => doubles.get(nameKey(name)) ?? name,
    topicOf: (named) => joined.get(nameKey(named.topic)) ?? named,
    note: ({ agency = '', unit = '', municipality = '', group = '', topic = '' }) => {
      if (agency !== '') agencies.noteUnit(String(agency), String(unit));
      notePlace(String(municipality));
      noteTopic(String(group), String(topic));
    },
    takeNew: () => {
      const taken = [...fresh.values()];
      fresh.clear();
      return taken;
    },
    counts: () => ({ agencies: agencies.added, municipalities: places.added, topics: topics.added }),
  };
}
