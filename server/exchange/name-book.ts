import { agencySchema, municipalitySchema, type Agency, type Municipality } from '#shared/domain/directory.ts';
import { topicSchema, type Topic } from '#shared/domain/dictionary.ts';
import { seenId } from '#shared/exchange/row-identity.ts';
import type { KnownCells } from '#shared/exchange/columns.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';

/** How many names a file brought that the region did not know. */
export interface SeenCounts {
  readonly agencies: number;
  readonly municipalities: number;
  readonly topics: number;
}

/** Names of the region's agencies, municipalities and topics; an unknown one is added as «seen in import», never refused. */
export interface NameBook {
  readonly agencyId: (name: string) => string;
  readonly agencyName: (id: string) => string;
  /** Notes the names of a row that is going to be stored. */
  readonly note: (known: KnownCells) => void;
  /** New reference rows since the last call, to be stored with the rows that brought them. */
  readonly takeNew: () => ReferenceRow[];
  readonly counts: () => SeenCounts;
}

/** Quotes, case and ё differ between exports of one name. */
const nameKey = (name: string): string => name.trim().toLowerCase().replaceAll('ё', 'е').replaceAll(/[«»"„“”']/g, '').replaceAll(/\s+/g, ' ');

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
  kind: /,\s*другое$/i.test(name) ? 'other' : /г\.?\s*о\.?$|^г(?:\.|ород)\s/i.test(name) ? 'city' : 'district',
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

/** Opens the book of a region's reference rows. */
export function nameBook(rows: readonly ReferenceRow[]): NameBook {
  const of = (kind: string): unknown[] => rows.filter((row) => row.kind === kind).map(({ row }) => row);
  const agencies = new Map(of('agency').map((row): [string, Agency] => [agencySchema.parse(row).id, agencySchema.parse(row)]));
  const byName = new Map<string, string>();
  for (const { id, name, shortName } of agencies.values()) {
    for (const one of [shortName, name]) byName.set(nameKey(one), id);
  }
  const places = new Set(of('municipality').map((row) => municipalitySchema.parse(row)).flatMap(({ name, shortName }) => [nameKey(name), nameKey(shortName)]));
  const topics = new Set(of('topic').map((row) => nameKey(topicSchema.parse(row).name)));
  const fresh = new Map<string, ReferenceRow>();
  const counts = { agencies: 0, municipalities: 0, topics: 0 };
  const putAgency = (agency: Agency): void => {
    agencies.set(agency.id, agency);
    fresh.set(`agency/${agency.id}`, { kind: 'agency', id: agency.id, row: agency });
  };
  const agencyId = (name: string): string => {
    const known = byName.get(nameKey(name));
    if (known !== undefined) return known;
    const agency = seenAgency(name.trim());
    counts.agencies += 1;
    byName.set(nameKey(name), agency.id);
    putAgency(agency);
    return agency.id;
  };
  const noteUnit = (name: string, unit: string): void => {
    const agency = agencies.get(agencyId(name));
    // The units of a verified agency are the administrator's; one that came with a file grows with it.
    if (agency?.seenInImport !== true || unit === '' || agency.units.includes(unit)) return;
    putAgency({ ...agency, units: [...agency.units, unit] });
  };
  const notePlace = (name: string): void => {
    if (name === '' || places.has(nameKey(name))) return;
    const row = seenMunicipality(name.trim());
    counts.municipalities += 1;
    places.add(nameKey(name));
    fresh.set(`municipality/${row.id}`, { kind: 'municipality', id: row.id, row });
  };
  const noteTopic = (group: string, name: string): void => {
    if (name === '' || group === '' || topics.has(nameKey(name))) return;
    counts.topics += 1;
    topics.add(nameKey(name));
    const id = `import/${group}/${name}`;
    fresh.set(`topic/${id}`, { kind: 'topic', id, row: seenTopic(group, name) });
  };
  return {
    agencyId,
    agencyName: (id) => agencies.get(id)?.name ?? id,
    note: ({ agency = '', unit = '', municipality = '', group = '', topic = '' }) => {
      if (agency !== '') noteUnit(String(agency), String(unit));
      notePlace(String(municipality));
      noteTopic(String(group), String(topic));
    },
    takeNew: () => {
      const taken = [...fresh.values()];
      fresh.clear();
      return taken;
    },
    counts: () => ({ ...counts }),
  };
}
